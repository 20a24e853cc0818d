import type { FastifyRequest } from 'fastify'
import type { Sitting } from './session.ts'

/** What a session list shows of where somebody sits: browser and system in words, and the address of the machine. */
export function sittingOf(request: FastifyRequest): Sitting {
  return { browser: browserOf(request.headers['user-agent'] ?? ''), address: request.ip }
}

/** The order decides: Edge and Cốc Cốc call themselves Chrome too, and Chrome calls itself Safari. */
const BROWSERS = [
  [/coc_coc_browser/i, 'Cốc Cốc'],
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const

const SYSTEMS = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iPhone, iPad'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
] as const

function browserOf(agent: string): string {
  const named = (names: readonly (readonly [RegExp, string])[]) =>
    names.find(([pattern]) => pattern.test(agent))?.[1]
  const words = [named(BROWSERS), named(SYSTEMS)].filter((word) => word !== undefined)
  return words.join(' trên ') || 'Không rõ'
}
