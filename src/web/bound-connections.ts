import type { Server } from 'node:http'
import { BlockList, isIPv6, type Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Limits } from './limits.ts'
import type { Site } from './site.ts'

/**
 * Bounds how many connections there are, and how many one address holds. A connection too many is closed at once. Those
 * of this machine and of trusted proxies are not counted by address: they speak for everybody.
 */
export function boundConnections(app: FastifyInstance, { trustProxy }: Site, limits: Limits): void {
  const server = app.server as Server
  server.maxConnections = limits.connections
  const uncounted = listOf(['127.0.0.0/8', '::1', ...trustProxy])
  const open = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress
    if (address === undefined || uncounted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')) return
    const count = (open.get(address) ?? 0) + 1
    open.set(address, count)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left > 0) open.set(address, left)
      else open.delete(address)
    })
    if (count > limits.connectionsOfAddress) socket.destroy()
  })
}

/** Addresses and ranges as a list to be asked. Throws for what is neither. */
export function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}
