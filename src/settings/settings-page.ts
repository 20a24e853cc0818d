import type { FastifyInstance } from 'fastify'
import { RuleError } from '../domain/refusals.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { EMPTY_FORM, orRefused, typedIn } from '../web/forms.ts'
import type { Show } from '../web/layout.ts'
import { changeSetting, resetSetting } from './change-setting.ts'
import { isSettingName, SETTINGS, type SettingName } from './settings.ts'
import { SETTINGS_HREF, settingBody, settingsBody } from './settings-views.ts'

interface One {
  readonly Params: { readonly name: string }
}

/** `/quan-tri/thiet-lap`: every setting with its value and its default; `/quan-tri/thiet-lap/session_hours`: one to change. */
export function settingsPage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  app.get(SETTINGS_HREF, (_request, reply) =>
    show(reply, { title: 'Thiết lập', area: '/quan-tri', body: settingsBody(deps.db) }),
  )

  app.get<One>(`${SETTINGS_HREF}/:name`, ({ params }, reply) => {
    const name = known(params.name)
    const body = settingBody(deps.db, name, EMPTY_FORM)
    return show(reply, { title: SETTINGS[name].label, area: '/quan-tri', body })
  })

  app.post<One>(`${SETTINGS_HREF}/:name`, async (request, reply) => {
    const name = known(request.params.name)
    const typed = typedIn(request.body)
    const actor = actorOf(request)
    const outcome = await orRefused(typed, () =>
      writer.write(() =>
        typed['reset'] === '1' ? resetSetting(deps, actor, name) : changeSetting(deps, actor, name, typed),
      ),
    )
    if ('done' in outcome) return reply.redirect(`${SETTINGS_HREF}#${name}`, 303)
    const body = settingBody(deps.db, name, outcome.state)
    return show(reply, { title: SETTINGS[name].label, area: '/quan-tri', status: 422, body })
  })
}

/** One that is changed here; those with a page of their own are not. */
function known(name: string): SettingName {
  if (!isSettingName(name) || 'href' in SETTINGS[name])
    throw new RuleError('unknown_setting', { setting: name })
  return name
}
