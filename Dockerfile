FROM node:26-slim
WORKDIR /app

# For BACKUP_COPY_TO=name:path; its configuration is mounted or comes as RCLONE_CONFIG_… variables.
RUN apt-get update && apt-get install -y --no-install-recommends rclone ca-certificates && rm -rf /var/lib/apt/lists/*

COPY package.json package-lock.json .npmrc ./
# Optional packages bring the compiler of papers for this machine, and the pinned Node, which the image already is.
RUN npm ci --omit=dev && rm -rf node_modules/node-linux-* node_modules/.bin/node && npm cache clean --force

COPY LICENSE ./
COPY src ./src
COPY db ./db
COPY workers ./workers

# One volume: the database and its backups in data/, the key that seals ID numbers beside it.
RUN mkdir -p /var/lib/motcua && chown node:node /var/lib/motcua
ENV NODE_ENV=production DATA_DIR=/var/lib/motcua/data HOST=0.0.0.0 PORT=8080
VOLUME /var/lib/motcua
USER node
EXPOSE 8080

# By the address of the container itself, encrypted where the service encrypts; its own certificate is for another name.
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s \
  CMD ["node", "-e", "require(process.env.TLS_CERT_FILE ? 'https' : 'http').get({ host: '127.0.0.1', port: process.env.PORT, path: '/healthz', rejectUnauthorized: false }, (r) => process.exit(r.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]

CMD ["node", "src/cli.ts", "serve"]
