import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { unitName } from '../catalogue/unit-choices.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import {
  choiceField,
  EMPTY_FORM,
  type FormState,
  inputField,
  orRefused,
  refusalView,
  typedIn,
} from '../web/forms.ts'
import { html } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { addSupplement, closeRegister } from './close-register.ts'
import { isBeingPrinted, registerView } from './register-view.ts'
import { closes, mustSeeRegister, shopsSeen } from './seen-register.ts'
import { type Register, registerOf } from './stored-book.ts'

const REGISTER_PATH = '/quan-tri/so-theo-doi'
/** Seconds after which the page of books being printed is read again; a header, so that it works without JavaScript. */
const REFRESH_S = 3

interface Which {
  readonly Params: { readonly year: string; readonly unit: string }
}

/** `/quan-tri/so-theo-doi`: the register of a shop and a year: close it, print its books, add what came later. */
export function registerPage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const one = (
    request: FastifyRequest,
    reply: FastifyReply,
    register: Register,
    state: FormState = EMPTY_FORM,
  ) => {
    if (isBeingPrinted(deps, register)) reply.header('refresh', String(REFRESH_S))
    const status = state.refusal === null ? 200 : 422
    const body = registerView(deps, register, state, closes(deps, actorOf(request), register))
    return show(reply, { title: 'Sổ theo dõi hồ sơ', area: '/quan-tri', body, status })
  }
  app.get<{ Querystring: { year?: string; unit?: string } }>(REGISTER_PATH, async (request, reply) => {
    const { year, unit } = request.query
    if (year === undefined || unit === undefined) return list(reply, EMPTY_FORM)
    const outcome = await orRefused({ year, unit }, () => registerOf(deps, year, unit))
    return 'state' in outcome ? list(reply, outcome.state) : reply.redirect(hrefOf(outcome.done), 303)
  })
  const list = (reply: FastifyReply, state: FormState) => {
    const today = localDayOf(deps.clock.now())
    const options = shopsSeen(deps, actorOf(reply.request))
      .map((unit) => ({ value: unit.key, label: unitName(unit, today) }))
      .toSorted((a, b) => a.label.localeCompare(b.label, 'vi'))
    const body = html`<header class="page-head"><h1>Sổ theo dõi hồ sơ</h1><p class="lead">Mở theo năm, khoá một lần khi hết năm; số thứ tự liên tục từ 01 qua mọi quyển. Khoá rồi thì không số nào đổi.</p></header>
<form class="form" method="get" action="${REGISTER_PATH}">
${refusalView(state)}
${choiceField(state, { name: 'unit', label: 'Bộ phận Một cửa của', required: true, options })}
${inputField(state, { name: 'year', label: 'Năm', type: 'number', required: true, value: String(Number(today.slice(0, 4)) - 1) })}
<p class="form-end"><button class="button primary" type="submit">Mở sổ</button></p>
</form>`
    const status = state.refusal === null ? 200 : 422
    return show(reply, { title: 'Sổ theo dõi hồ sơ', area: '/quan-tri', body, status })
  }
  app.get<Which>(`${REGISTER_PATH}/:year/:unit`, (request, reply) => {
    const register = registerIn(request)
    mustSeeRegister(deps, actorOf(request), register)
    return one(request, reply, register)
  })
  const registerIn = ({ params }: FastifyRequest<Which>) => registerOf(deps, params.year, params.unit)
  const deed = (path: string, work: typeof closeRegister) =>
    app.post<Which>(`${REGISTER_PATH}/:year/:unit/${path}`, async (request, reply) => {
      const [actor, register] = [actorOf(request), registerIn(request)]
      mustSeeRegister(deps, actor, register)
      const outcome = await orRefused(typedIn(request.body), () =>
        writer.write(() => work(deps, actor, register)),
      )
      return 'state' in outcome
        ? one(request, reply, register, outcome.state)
        : reply.redirect(hrefOf(register), 303)
    })
  deed('khoa', closeRegister)
  deed('bo-sung', addSupplement)
}

function hrefOf({ year, unit }: Register): string {
  return `${REGISTER_PATH}/${year}/${unit.key}`
}
