import type { FastifyRequest } from 'fastify'
import { mayEnter } from '../accounts/guard.ts'
import { type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'

/** The way to the intake where there is no rail to hold it: on a phone. */
export function intakeButton({ principal }: FastifyRequest): Html {
  return when(
    mayEnter(principal, 'dossiers_write'),
    () =>
      html`<p class="home-intake"><a class="button primary" href="/ho-so/moi">${icon('plus')} Tiếp nhận hồ sơ</a></p>`,
  )
}
