import { accessOf } from '../../access/access.ts'
import type { Actor } from '../../access/actor.ts'
import type { Language } from '../../errors.ts'
import { labelOf } from '../../forms/labels.ts'
import type { CompiledEntity, CompiledModel } from '../../model/compiled.ts'
import { type ModelView, mayRead } from '../model/model-view.ts'
import { APPROVAL_PATHS } from './approval-paths.ts'
import { AUDIT_ENTRY, AUDIT_PATHS } from './audit-paths.ts'
import { BACKUP_PATHS } from './backup-paths.ts'
import { CONNECTION_PATHS, HOOK_PATHS, OWN_NOTIFICATION_PATHS } from './connection-paths.ts'
import { AUTH_PATHS, FORM_PATHS, MODEL_PATHS, PROBE_PATHS, TOKEN_PATHS } from './engine-paths.ts'
import { entitySchemas } from './entity-schemas.ts'
import { EVENT_PATHS } from './event-paths.ts'
import { EXPLAIN_PATHS } from './explain-paths.ts'
import { FILE_PATHS } from './file-paths.ts'
import { FLOW_PATHS } from './flow-paths.ts'
import { EFFORT_PATHS, FRICTION_PATHS, OPENED_PATHS } from './friction-paths.ts'
import { IMPORT_PATHS } from './import-paths.ts'
import { JOB_PATHS, metaPaths } from './meta-paths.ts'
import { type Paths, sharedRefusals } from './operation.ts'
import { BRAND_PATHS, OWN_SETTINGS_PATHS } from './own-settings-paths.ts'
import { PEOPLE_PATHS, USER_PATHS, VIEW_PATHS } from './people-paths.ts'
import { poolPaths } from './pool-paths.ts'
import { recordPaths } from './record-paths.ts'
import { REPORT_PATHS } from './report-paths.ts'
import { requestPaths } from './request-paths.ts'
import { rightsPaths } from './rights-paths.ts'
import { RULE_PATHS } from './rule-paths.ts'
import { SANDBOX_LEAVE_PATHS, SANDBOX_PATHS } from './sandbox-paths.ts'
import { SEARCH_PATHS } from './search-paths.ts'
import { SHARED_SCHEMAS } from './shared-schemas.ts'
import { TEMPLATE_PATHS } from './template-paths.ts'
import { UNDO_PATHS } from './undo-paths.ts'
import { OPEN_WEBFORM_PATHS, SUBMISSION_PATHS, WEBFORM_PATHS } from './webform-paths.ts'

/** The tags that stand before those of the entities. */
const ENGINE_TAGS = [
  { name: 'sign-in', description: 'Sessions and API tokens.' },
  { name: 'files', description: 'Upload and download.' },
  { name: 'forms', description: 'Generated forms.' },
  { name: 'events', description: 'What happens, as it happens.' },
  { name: 'reports', description: 'Reports and dashboards.' },
  { name: 'pools', description: 'Records without an owner, to be claimed.' },
  { name: 'definitions', description: 'The definitions in force, changesets and versions.' },
  { name: 'flows', description: 'Runs of flows.' },
  { name: 'backups', description: 'Backups of the database that Tenon brings.' },
  { name: 'approvals', description: 'What waits for a decision.' },
  { name: 'connections', description: 'Other systems, and how people are told.' },
  { name: 'web forms', description: 'Public forms and what came in by them.' },
  { name: 'sandboxes', description: 'Workspaces to try things in, made from this one.' },
  { name: 'templates', description: 'Packages of definitions with demo data.' },
  { name: 'requests', description: 'What people wish to be different.' },
  { name: 'audit', description: 'Who did what.' },
  { name: 'operation', description: 'Probes and metrics.' },
] as const

/**
 * The API as OpenAPI 3.1 describes it, generated from the model for one actor: every call that they may make,
 * every field that they may know, and nothing else.
 */
export function openApiDocument(model: CompiledModel, actor: Actor, language: Language) {
  const view: ModelView = { model, actor, access: accessOf(model, actor), language }
  const entities = [...model.entities.values()].filter((entity) => mayRead(view, entity.name))
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tenon',
      version: String(model.version),
      summary: `Workspace ${model.workspace}, version ${model.version} of its definitions`,
      license: { name: 'UNLICENSED', identifier: 'LicenseRef-UNLICENSED' },
    },
    servers: [{ url: '/', description: 'This engine' }],
    security: [{ token: [] }, { session: [] }],
    tags: [...ENGINE_TAGS, ...entities.map((entity) => tagOf(entity, language))],
    paths: pathsFor(view, entities),
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A session’s or an API token.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'tenon_session',
          description: 'A session’s token; over TLS the name is `__Host-tenon_session`.',
        },
      },
      schemas: Object.assign(
        {},
        SHARED_SCHEMAS,
        view.access.may('audit') ? { AuditEntry: AUDIT_ENTRY } : {},
        ...entities.map((entity) => entitySchemas(view, entity)),
      ),
      responses: sharedRefusals(),
    },
  }
}

function tagOf(entity: CompiledEntity, language: Language) {
  return { name: entity.name, description: labelOf({ name: entity.name, label: entity.plural }, language) }
}

function pathsFor(view: ModelView, entities: readonly CompiledEntity[]): Paths {
  return {
    ...PROBE_PATHS,
    ...AUTH_PATHS,
    ...PEOPLE_PATHS,
    ...(view.access.may('users') && mayRead(view, 'user') ? { ...USER_PATHS, ...VIEW_PATHS } : {}),
    ...(view.access.may('tokens') ? TOKEN_PATHS : {}),
    ...FILE_PATHS,
    ...(view.access.may('audit') ? AUDIT_PATHS : {}),
    ...(view.access.may('backups') ? BACKUP_PATHS : {}),
    ...FORM_PATHS,
    ...EFFORT_PATHS,
    ...OPENED_PATHS,
    ...(view.access.edits('entity') ? FRICTION_PATHS : {}),
    ...(view.access.may('flows') ? FLOW_PATHS : {}),
    ...APPROVAL_PATHS,
    ...requestPaths(view.access.edits()),
    ...EVENT_PATHS,
    ...(view.access.may('connections') ? CONNECTION_PATHS : {}),
    ...OWN_NOTIFICATION_PATHS,
    ...OWN_SETTINGS_PATHS,
    ...BRAND_PATHS,
    ...HOOK_PATHS,
    ...EXPLAIN_PATHS,
    ...rightsPaths({ users: view.access.may('users'), definitions: view.access.edits() }),
    ...RULE_PATHS,
    ...REPORT_PATHS,
    ...SEARCH_PATHS,
    ...UNDO_PATHS,
    ...IMPORT_PATHS,
    ...poolPaths(view.model),
    ...OPEN_WEBFORM_PATHS,
    ...(view.access.edits('webform') ? WEBFORM_PATHS : {}),
    ...SUBMISSION_PATHS,
    ...MODEL_PATHS,
    ...metaPaths(view.access),
    ...SANDBOX_LEAVE_PATHS,
    ...(view.access.may('publish') ? SANDBOX_PATHS : {}),
    ...(view.access.may('publish') ? TEMPLATE_PATHS : {}),
    ...JOB_PATHS,
    ...Object.assign({}, ...entities.map((entity) => recordPaths(view, entity))),
  }
}
