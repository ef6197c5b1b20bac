import { issuePass, type PassPurpose } from '../access/passes.ts'
import { languageOfUser, mayActSql, readingOfUser, userTable } from '../access/user-table.ts'
import type { Database } from '../db/database.ts'
import { enqueueJob } from '../jobs/queue.ts'
import type { JobTask } from '../jobs/run-job.ts'
import type { CompiledModel } from '../model/compiled.ts'
import type { ModelStore } from '../model/store.ts'
import { newId } from '../model/uuid.ts'
import type { Registry } from '../registry/registry.ts'
import { linkOf } from './link.ts'
import type { Mailer } from './mailer.ts'
import { type Places, placeOf } from './places.ts'
import { renderMessage } from './render.ts'
import { systemMessage } from './system-messages.ts'

const KIND = 'send_link'

/** A mail with a link by which a user sets a password. The link itself is made when it is sent, and kept nowhere. */
export interface LinkMail {
  readonly purpose: PassPurpose
  readonly userId: string
  /** Who asked for it; undefined for the user themself. */
  readonly by: string | undefined
}

interface Payload extends LinkMail {
  readonly workspace: string
}

/** Queues the mail; it is sent when the server takes it, and tried again until then. */
export async function enqueueLinkMail(db: Database, model: CompiledModel, mail: LinkMail): Promise<void> {
  const payload: Payload = { ...mail, workspace: model.workspace }
  await db.transaction((tx) =>
    enqueueJob(tx, model.schema, { id: newId(), kind: KIND, payload, createdBy: mail.by }),
  )
}

export interface LinkMailSource {
  readonly db: Database
  readonly registry: Registry
  readonly models: Pick<ModelStore, 'current'>
  readonly mailer: Mailer
  /** Where people reach this Tenon. */
  readonly publicUrl: string
}

/** The job that makes the link and sends it. */
export function linkMailTask(source: LinkMailSource): JobTask {
  return {
    kind: KIND,
    async run(job) {
      const payload = job.payload as Payload
      const model = await source.models.current(payload.workspace)
      const person = model === undefined ? undefined : await findPerson(source.db, model, payload)
      if (model === undefined || person === undefined) return { sent: false }
      if (model.sandboxOf !== undefined) return { sent: false } // nobody real hears of a sandbox
      const pass = await issuePass(source.db, model, payload)
      const reading = readingOfUser(person.language)
      const words = reading === undefined ? undefined : source.registry.words(reading)
      const language = languageOfUser(person.language, model)
      const shown = words?.tag ?? language
      const places = linkPlaces(model, person, shown, {
        link: linkOf(source.publicUrl, model.workspace, pass.token),
        expiresAt: pass.expiresAt,
      })
      await source.mailer.send(
        person.email,
        renderMessage(systemMessage(model, payload.purpose, { language, reading, words }), shown, places),
      )
      return { sent: true }
    },
  }
}

interface Person {
  readonly name: string
  readonly email: string
  readonly language: string | null
  readonly sender: string | null
}

/** The user as they are now; undefined for one who may not sign in any more. */
async function findPerson(db: Database, model: CompiledModel, mail: LinkMail): Promise<Person | undefined> {
  const user = userTable(model)
  const sender = user.name.replace(/^u\./, 's.')
  const { rows } = await db.query<Person>({
    text: `SELECT ${user.name} AS name, ${user.email} AS email, ${user.language} AS language, ${sender} AS sender
FROM ${user.table} u LEFT JOIN ${user.table} s ON s."id" = $2 WHERE u."id" = $1 AND ${mayActSql(user)}`,
    values: [mail.userId, mail.by ?? null],
  })
  return rows[0]
}

function linkPlaces(
  model: CompiledModel,
  person: Person,
  language: string,
  { link, expiresAt }: { readonly link: string; readonly expiresAt: Date },
): Places {
  const format = { dateStyle: 'long', timeStyle: 'short', timeZone: model.settings.timeZone } as const
  return {
    name: placeOf(person.name),
    email: placeOf(person.email),
    sender: placeOf(person.sender ?? ''),
    link: placeOf(link),
    expires_at: placeOf(new Intl.DateTimeFormat(language, format).format(expiresAt)),
    workspace: placeOf(model.workspace),
  }
}
