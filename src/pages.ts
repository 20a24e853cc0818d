import formbody from '@fastify/formbody'
import type { FastifyInstance } from 'fastify'
import { readSetting } from '../db/queries/settings.ts'
import { accountPage } from './accounts/account-page.ts'
import { clientsPage } from './accounts/clients-page.ts'
import { codePage } from './accounts/code-page.ts'
import { externalPage } from './accounts/external-page.ts'
import { mayEnter } from './accounts/guard.ts'
import { linkPage } from './accounts/link-page.ts'
import { newPersonPage } from './accounts/new-person-page.ts'
import { passwordPage } from './accounts/password-page.ts'
import { peoplePage } from './accounts/people-page.ts'
import { personPage } from './accounts/person-page.ts'
import type { Door } from './accounts/routes.ts'
import { secondFactorPage } from './accounts/second-factor-page.ts'
import { setupPage } from './accounts/setup-page.ts'
import { signInPage } from './accounts/sign-in-page.ts'
import { standingInLine } from './accounts/standing-in.ts'
import { substitutionPage } from './accounts/substitution-page.ts'
import { adminPage } from './admin-page.ts'
import { attachmentPage } from './attachments/attachment-page.ts'
import { auditPage } from './audit/audit-page.ts'
import { backEntryPage } from './back-entry/back-entry-page.ts'
import { outagePage } from './back-entry/outage-page.ts'
import { slipsPage } from './back-entry/slips-page.ts'
import { slipsPdf } from './back-entry/slips-pdf.ts'
import { decisionPage } from './calendar-decisions/decision-page.ts'
import { newDecisionPage } from './calendar-decisions/new-decision-page.ts'
import { calendarYearPage } from './calendar-decisions/year-page.ts'
import { closePage } from './corrections/close-page.ts'
import { closedLatePage } from './corrections/closed-late-page.ts'
import { correctPage } from './corrections/correct-page.ts'
import { correctionPage } from './corrections/correction-page.ts'
import { correctionSettingPage } from './corrections/correction-setting-page.ts'
import { handOverPage } from './custody/hand-over-page.ts'
import { receivePage } from './custody/receive-page.ts'
import { sheetPage } from './custody/sheet-page.ts'
import { wayPage } from './custody/way-page.ts'
import { dayDossiersPage } from './day-close/day-dossiers-page.ts'
import { dayPage } from './day-close/day-page.ts'
import type { Deps } from './deps.ts'
import { designPage } from './design-page.ts'
import { localDayOf } from './domain/calendar/day.ts'
import { amendPeoplePage } from './dossier-people/people-page.ts'
import { actPage } from './dossiers/act-page.ts'
import { dossierPage } from './dossiers/dossier-page.ts'
import { dossierPaperPage } from './dossiers/dossier-paper-page.ts'
import { onlineIntakePage } from './dossiers/online-intake-page.ts'
import { openPresence } from './dossiers/presence.ts'
import { presencePage } from './dossiers/presence-page.ts'
import { savedViewsPage } from './dossiers/saved-views-page.ts'
import { BY_FIELD, searchPage } from './dossiers/search-page.ts'
import { workQueuePage } from './dossiers/work-queue-page.ts'
import { webhookPage } from './exchange/webhooks/webhook-page.ts'
import { feedPage } from './feed/feed-page.ts'
import { feePage } from './fees/fee-page.ts'
import { receiptPage } from './fees/receipt-page.ts'
import { homePage } from './home-page.ts'
import { exportPage } from './imports/export-page.ts'
import { importPages } from './imports/import-pages.ts'
import { deskCardsPage } from './intake/desk-cards-page.ts'
import { INTAKE, intakePage } from './intake/intake-page.ts'
import { takenInPage } from './intake/taken-in-page.ts'
import { takenInPapers } from './intake/taken-in-papers.ts'
import { jobsPage } from './job-runs/jobs-page.ts'
import { mailboxPage } from './messages/mailbox-page.ts'
import { messageListPage } from './messages/message-list-page.ts'
import { messageSettingPage } from './messages/message-setting-page.ts'
import { markSeen, newThings } from './morning/mark-seen.ts'
import { morningListPage } from './morning/morning-list-page.ts'
import { hoursPage } from './office-hours/hours-page.ts'
import type { PageOptions } from './page-options.ts'
import { templatesPage } from './paper-templates/templates-page.ts'
import { procedureListPage } from './procedures/procedure-list-page.ts'
import { procedurePage } from './procedures/procedure-page.ts'
import { procedureSheetPage } from './procedures/procedure-sheet-page.ts'
import { versionPage } from './procedures/version-page.ts'
import { indexPage } from './reform-index/index-page.ts'
import { registerPage } from './register/register-page.ts'
import { registerPdf } from './register/register-pdf.ts'
import { planPages } from './reorganisations/plan-pages.ts'
import { queuePage } from './reorganisations/queue-page.ts'
import { unitPages } from './reorganisations/unit-pages.ts'
import { comparisonPage } from './reports/comparison-page.ts'
import { form06Page } from './reports/form06-page.ts'
import { reportDossiersPage } from './reports/report-dossiers-page.ts'
import { weekPage } from './reports/week-page.ts'
import { settingsPage } from './settings/settings-page.ts'
import { statusPage } from './status-page.ts'
import { lookUpPage } from './tracking/look-up-page.ts'
import { loadAssets, serveAssets } from './web/assets.ts'
import { errorPages } from './web/error-page.ts'
import { capital, longDay, timeOfDay } from './web/formats.ts'
import { keyPage } from './web/key-help.ts'
import { type NavItem, pageShower } from './web/layout.ts'
import { oneValueEach } from './web/one-value.ts'
import { sameOriginOnly } from './web/same-origin.ts'

/** The five areas of the rail; on a phone the bar at the bottom. */
const NAVIGATION: readonly (NavItem & { readonly door: Door })[] = [
  { door: 'dossiers_read', href: '/', label: 'Hôm nay', icon: 'home' },
  { door: 'dossiers_read', href: '/viec', area: '/ho-so', label: 'Việc của tôi', icon: 'dossier' },
  { door: 'reports_read', href: '/bao-cao', label: 'Báo cáo', icon: 'report' },
  { door: 'reports_read', href: '/chi-so', label: 'Chỉ số', icon: 'index' },
  { door: 'people', href: '/quan-tri', label: 'Quản trị', icon: 'pulse' },
]

/** What a desk does beside taking dossiers in; on a phone it is under the administration. */
const AT_THE_DESK: readonly NavItem[] = [
  { href: '/ban-giao', label: 'Bàn giao bản giấy', icon: 'send', key: 'g' },
  { href: '/thu-phi', label: 'Thu phí, lệ phí', icon: 'print', key: 'f' },
  { href: '/cuoi-ngay', label: 'Cuối ngày', icon: 'check', key: 'e' },
]

/** The pages, in a scope of their own: headers, error pages, frame, then every page in the order of the rail. */
export async function registerPages(app: FastifyInstance, options: PageOptions): Promise<void> {
  const { deps, writer } = options
  await app.register(async (scope) => {
    const assets = loadAssets()
    const presence = openPresence(deps.clock)
    const show = pageShower({
      assets,
      nav: (request) =>
        NAVIGATION.filter(({ door }) => mayEnter(request.principal, door)).map((item) =>
          item.href === '/' ? { ...item, fresh: newThings(options, request) } : item,
        ),
      desk: ({ principal }) => (mayEnter(principal, 'dossiers_write') ? AT_THE_DESK : []),
      intake: ({ principal }) => (mayEnter(principal, 'dossiers_write') ? INTAKE : null),
      searchAction: ({ principal }) => (mayEnter(principal, 'dossiers_read') ? BY_FIELD : null),
      today: () => capital(longDay(localDayOf(deps.clock.now()))),
      banner: () => demoBanner(deps),
      who: ({ principal }) => (principal === null || principal.pending !== null ? null : principal.name),
      standsIn: ({ principal }) =>
        principal === null ? null : standingInLine(deps, principal.account.officerId),
    })
    oneValueEach(scope)
    await scope.register(formbody)
    sameOriginOnly(scope, options.site)
    errorPages(scope, show)
    serveAssets(scope, assets)
    markSeen(scope, options)
    homePage(scope, deps, show)
    morningListPage(scope, deps, show)
    lookUpPage(scope, deps, show)
    workQueuePage(scope, options, show)
    savedViewsPage(scope, options, show)
    searchPage(scope, options, show)
    onlineIntakePage(scope, options, show)
    dossierPage(scope, options, presence, show)
    actPage(scope, options, presence, show)
    amendPeoplePage(scope, options, show)
    presencePage(scope, deps, presence)
    await attachmentPage(scope, options, show)
    intakePage(scope, options, show)
    deskCardsPage(scope, deps, show)
    takenInPage(scope, deps, show)
    takenInPapers(scope, deps, writer)
    closePage(scope, options, show)
    correctPage(scope, options, show)
    backEntryPage(scope, options, show)
    slipsPage(scope, options, show)
    slipsPdf(scope, deps, writer)
    outagePage(scope, options, show)
    dossierPaperPage(scope, deps, writer)
    weekPage(scope, deps, show)
    form06Page(scope, deps, writer)
    reportDossiersPage(scope, deps, show)
    comparisonPage(scope, deps, show)
    indexPage(scope, deps, show)
    adminPage(scope, deps, show)
    correctionPage(scope, options, show)
    correctionSettingPage(scope, options, show)
    closedLatePage(scope, deps, show)
    await importPages(scope, options, show)
    exportPage(scope, options, show)
    registerPage(scope, options, show)
    registerPdf(scope, deps, writer)
    calendarYearPage(scope, { deps, writer, show })
    newDecisionPage(scope, { deps, writer, show })
    decisionPage(scope, { deps, writer, show })
    hoursPage(scope, options, show)
    procedureListPage(scope, options, show)
    await procedureSheetPage(scope, options, show)
    procedurePage(scope, options, show)
    versionPage(scope, options, show)
    settingsPage(scope, options, show)
    templatesPage(scope, options, show)
    jobsPage(scope, options, show)
    webhookPage(scope, options, show)
    messageListPage(scope, options, show)
    messageSettingPage(scope, options, show)
    mailboxPage(scope, deps, show)
    auditPage(scope, options, show)
    statusPage(scope, options, show)
    unitPages(scope, options, show)
    planPages(scope, options, show)
    queuePage(scope, options, show)
    feedPage(scope, { deps, writer, show })
    peoplePage(scope, options, show)
    newPersonPage(scope, options, show)
    personPage(scope, options, show)
    clientsPage(scope, options, show)
    accountPage(scope, options, show)
    substitutionPage(scope, options, show)
    passwordPage(scope, options, show)
    secondFactorPage(scope, options, show)
    signInPage(scope, options, show)
    codePage(scope, options, show)
    externalPage(scope, options, show)
    linkPage(scope, options, show)
    setupPage(scope, options, show)
    handOverPage(scope, options, show)
    receivePage(scope, options, show)
    wayPage(scope, options, show)
    sheetPage(scope, options, show)
    feePage(scope, options, show)
    receiptPage(scope, options, show)
    dayPage(scope, options, show)
    dayDossiersPage(scope, options, show)
    designPage(scope, show)
    keyPage(scope, show)
  })
}

/** On a database marked as a demonstration, every page says so and what time it plays. */
function demoBanner({ db, clock }: Deps): string | null {
  const marked = readSetting(db, 'demo')
  if (marked !== true && marked !== 'true') return null
  const now = clock.now()
  return `Bản trình diễn: người và hồ sơ đều là giả định, đồng hồ đang chỉ ${timeOfDay(now)} ${longDay(localDayOf(now))}.`
}
