import type { Executor } from '../db/database.ts'
import { instantSql, parseJson } from '../db/values.ts'
import type { Answers } from './answers.ts'

/** A template that a workspace has. */
export interface InstalledTemplate {
  readonly name: string
  readonly version: string
  /** An instant, ISO 8601. */
  readonly installedAt: string
  /** What its parameters were answered with. */
  readonly answers: Answers
}

/**
 * The templates of a workspace, by name.
 * @param schema quoted
 */
export async function listInstalled(db: Executor, schema: string): Promise<readonly InstalledTemplate[]> {
  const { rows } = await db.query<{ name: string; version: string; at: string; answers: string }>({
    text: `SELECT name, version, answers::text AS answers,
        ${instantSql('installed_at')} AS at
      FROM ${schema}.tenon_template ORDER BY name`,
  })
  return rows.map(({ name, version, at, answers }) => ({
    ...{ name, version, installedAt: at },
    answers: parseJson<Answers>(answers),
  }))
}

/** What was answered when a template was installed here; nothing where it was not. */
export async function keptAnswers(db: Executor, schema: string, name: string): Promise<Answers> {
  return (await listInstalled(db, schema)).find((one) => one.name === name)?.answers ?? {}
}

/** Notes that a version of a template is in, and what was answered; the same again changes nothing. */
export async function noteInstalled(
  db: Executor,
  schema: string,
  { name, version, answers }: Pick<InstalledTemplate, 'name' | 'version'> & { readonly answers: Answers },
): Promise<void> {
  await db.query({
    text: `INSERT INTO ${schema}.tenon_template AS t (name, version, answers) VALUES ($1, $2, $3)
      ON CONFLICT (name) DO UPDATE SET version = excluded.version, answers = excluded.answers, installed_at = now()
      WHERE t.version <> excluded.version OR t.answers <> excluded.answers`,
    values: [name, version, JSON.stringify(answers)],
  })
}
