import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

export interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** Of the message. */
  readonly id: string
  readonly type: string
  readonly dossier: { readonly id: number; readonly code: string | null; readonly state: string } | null
}

export interface Receiver {
  readonly url: string
  readonly received: Received[]
  /** How the next messages are answered; 204 at first. */
  answer(how: (response: ServerResponse, received: Received, request: IncomingMessage) => void): void
  close(): Promise<void>
}

/** A real receiver of webhooks on loopback. */
export async function receiver(): Promise<Receiver> {
  const received: Received[] = []
  let how: Parameters<Receiver['answer']>[0] = (response) => response.writeHead(204).end()
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const { id, type, dossier } = JSON.parse(body) as Received
    const message = { headers: request.headers, body, id, type, dossier }
    received.push(message)
    how(response, message, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A test that fails does not wait for it.
  server.unref()
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}/nhan`,
    received,
    answer(next) {
      how = next
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
