import { Router } from 'express'
import { recordAudit } from '../../audit/record-audit.ts'
import { refuse } from '../../errors.ts'
import { enqueueJob } from '../../jobs/queue.ts'
import { newId } from '../../model/uuid.ts'
import { MAKE_BACKUP } from '../../ops/backup/backup-job.ts'
import { listBackups } from '../../ops/backup/manifest.ts'
import type { HttpDeps } from '../deps.ts'
import { metaContext } from '../meta/meta-context.ts'
import { noParameters } from '../query-of.ts'
import { readOptionalJsonBody } from '../read-body.ts'
import { sendData } from '../respond.ts'

/** What backups there are, and a new one; bringing one back is the shell's work, since nobody works meanwhile. */
export function backupRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.get('/api/backups', async (request, response) => {
    noParameters(request)
    await metaContext(deps, request, 'backups')
    const { backups } = deps.settings
    const list = backups === undefined ? [] : await listBackups(backups.folder)
    sendData(response, 200, {
      own: backups !== undefined,
      days: backups?.days ?? null,
      at: backups?.at ?? null,
      backups: list,
    })
  })

  routes.post('/api/backups', async (request, response) => {
    noParameters(request)
    const { model, actor, via, origin } = await metaContext(deps, request, 'backups')
    await readOptionalJsonBody(request)
    if (actor.viewer !== undefined) throw refuse('AUTH_VIEW_READ_ONLY')
    if (deps.settings.backups === undefined) throw refuse('BACKUP_OWN_DATABASE')
    const id = newId()
    await deps.db.transaction(async (tx) => {
      await enqueueJob(tx, model.schema, { id, kind: MAKE_BACKUP, payload: {}, createdBy: actor.id })
      await recordAudit(tx, model.schema, { action: 'backup_asked', actor: actor.id, via, origin })
    })
    sendData(response, 202, { job: id }, { Location: `/api/jobs/${id}` })
  })

  return routes
}
