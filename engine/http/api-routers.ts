import { join } from 'node:path'
import type { Router } from 'express'
import { createFileStore } from '../files/file-store.ts'
import type { HttpDeps } from './deps.ts'
import { auditRoutes } from './routes/audit.ts'
import { authRoutes } from './routes/auth.ts'
import { changesetRoutes } from './routes/changesets.ts'
import { contentRoutes } from './routes/content.ts'
import { explainRoutes } from './routes/explain.ts'
import { fileRoutes } from './routes/files.ts'
import { flowRoutes } from './routes/flows.ts'
import { formRoutes } from './routes/forms.ts'
import { messageRoutes } from './routes/messages.ts'
import { metaRoutes } from './routes/meta.ts'
import { metaDraftRoutes } from './routes/meta-drafts.ts'
import { modelRoutes } from './routes/model.ts'
import { ownAccountRoutes } from './routes/own-account.ts'
import { passwordRoutes } from './routes/passwords.ts'
import { probeRoutes } from './routes/probes.ts'
import { reportRoutes } from './routes/reports.ts'
import { requirementRoutes } from './routes/requirements.ts'
import { ruleRoutes } from './routes/rules.ts'
import { viewAsRoutes } from './routes/view-as.ts'
import { webformRoutes } from './routes/webforms.ts'

/** Every route but those of records and pages. A test holds it against the OpenAPI document. */
export function apiRouters(deps: HttpDeps): readonly Router[] {
  return [
    probeRoutes(deps),
    authRoutes(deps),
    auditRoutes(deps),
    passwordRoutes(deps),
    ownAccountRoutes(deps),
    viewAsRoutes(deps),
    modelRoutes(deps),
    metaRoutes(deps),
    contentRoutes(deps),
    changesetRoutes(deps),
    metaDraftRoutes(deps),
    messageRoutes(deps),
    formRoutes(deps),
    flowRoutes(deps),
    explainRoutes(deps),
    ruleRoutes(deps),
    requirementRoutes(deps),
    reportRoutes(deps),
    webformRoutes(deps),
    fileRoutes(deps, createFileStore(join(deps.settings.dataDir, 'files'))),
  ]
}
