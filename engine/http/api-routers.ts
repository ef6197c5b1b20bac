import { join } from 'node:path'
import type { Router } from 'express'
import { createFileStore } from '../files/file-store.ts'
import type { HttpDeps } from './deps.ts'
import { agreementRoutes } from './routes/agreements.ts'
import { approvalRoutes } from './routes/approvals.ts'
import { auditRoutes } from './routes/audit.ts'
import { authRoutes } from './routes/auth.ts'
import { backupRoutes } from './routes/backups.ts'
import { brandRoutes } from './routes/brand.ts'
import { changesetRoutes } from './routes/changesets.ts'
import { connectionRoutes } from './routes/connections.ts'
import { contentRoutes } from './routes/content.ts'
import { documentRoutes } from './routes/documents.ts'
import { draftFormRoutes } from './routes/draft-forms.ts'
import { eventRoutes } from './routes/events.ts'
import { explainRoutes } from './routes/explain.ts'
import { fileRoutes } from './routes/files.ts'
import { flowRoutes } from './routes/flows.ts'
import { formRoutes } from './routes/forms.ts'
import { frictionRoutes } from './routes/friction.ts'
import { hookRoutes } from './routes/hooks.ts'
import { importRoutes } from './routes/imports.ts'
import { messageRoutes } from './routes/messages.ts'
import { metaRoutes } from './routes/meta.ts'
import { metaDraftRoutes } from './routes/meta-drafts.ts'
import { modelRoutes } from './routes/model.ts'
import { ownAccountRoutes } from './routes/own-account.ts'
import { ownNotificationRoutes } from './routes/own-notifications.ts'
import { ownSettingsRoutes } from './routes/own-settings.ts'
import { passwordRoutes } from './routes/passwords.ts'
import { pilotRoutes } from './routes/pilots.ts'
import { poolRoutes } from './routes/pools.ts'
import { probeRoutes } from './routes/probes.ts'
import { proposeRoutes } from './routes/propose.ts'
import { reportRoutes } from './routes/reports.ts'
import { requestRoutes } from './routes/requests.ts'
import { requirementRoutes } from './routes/requirements.ts'
import { ruleRoutes } from './routes/rules.ts'
import { sandboxRoutes } from './routes/sandboxes.ts'
import { searchRoutes } from './routes/search.ts'
import { silentRoutes } from './routes/silent-runs.ts'
import { templateRoutes } from './routes/templates.ts'
import { textSheetRoutes } from './routes/text-sheets.ts'
import { undoRoutes } from './routes/undo.ts'
import { viewAsRoutes } from './routes/view-as.ts'
import { webformRoutes } from './routes/webforms.ts'

/** Every route but those of records and pages. A test holds it against the OpenAPI document. */
export function apiRouters(deps: HttpDeps): readonly Router[] {
  const files = createFileStore(join(deps.settings.dataDir, 'files'))
  return [
    probeRoutes(deps),
    authRoutes(deps),
    auditRoutes(deps),
    backupRoutes(deps),
    passwordRoutes(deps),
    ownAccountRoutes(deps),
    viewAsRoutes(deps),
    modelRoutes(deps),
    metaRoutes(deps),
    contentRoutes(deps),
    changesetRoutes(deps),
    agreementRoutes(deps),
    pilotRoutes(deps),
    silentRoutes(deps),
    metaDraftRoutes(deps),
    sandboxRoutes(deps),
    templateRoutes(deps),
    messageRoutes(deps),
    documentRoutes(deps),
    formRoutes(deps),
    draftFormRoutes(deps),
    frictionRoutes(deps),
    textSheetRoutes(deps),
    proposeRoutes(deps),
    flowRoutes(deps),
    approvalRoutes(deps),
    eventRoutes(deps),
    connectionRoutes(deps),
    hookRoutes(deps, files),
    ownNotificationRoutes(deps),
    ownSettingsRoutes(deps),
    brandRoutes(deps),
    explainRoutes(deps),
    ruleRoutes(deps),
    requestRoutes(deps),
    requirementRoutes(deps),
    reportRoutes(deps),
    poolRoutes(deps),
    searchRoutes(deps),
    undoRoutes(deps),
    importRoutes(deps),
    webformRoutes(deps),
    fileRoutes(deps, files),
  ]
}
