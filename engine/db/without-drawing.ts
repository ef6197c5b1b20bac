import type { Statement, Transaction } from './database.ts'

const DRAWS = /nextval\('((?:[^']|'')+)'\)/g

/**
 * A transaction that will be taken back, whose statements draw no number from a sequence: a number that is drawn stays drawn,
 * whatever becomes of the transaction. Each sequence goes on in one of its own, from where it stands.
 */
export function withoutDrawing(tx: Transaction): Transaction {
  const names = new Map<string, string>()
  const stand = async (sequence: string): Promise<string> => {
    const name = names.get(sequence) ?? `tenon_undrawn_${names.size}`
    names.set(sequence, name)
    // Asked each time: a part of the transaction that was taken back takes what it made along.
    const { rows } = await tx.query<{ there: boolean }>({
      text: 'SELECT to_regclass($1) IS NOT NULL AS there',
      values: [`pg_temp.${name}`],
    })
    if (rows[0]?.there === true) return name
    await tx.query({ text: `CREATE TEMPORARY SEQUENCE ${name}` })
    await tx.query({ text: `SELECT setval('pg_temp.${name}', last_value, is_called) FROM ${sequence}` })
    return name
  }
  return {
    ...tx,
    async query(statement: Statement) {
      const drawn = [...statement.text.matchAll(DRAWS)].map(([, sequence]) => sequence!)
      if (drawn.length === 0) return await tx.query(statement)
      const own = new Map<string, string>()
      for (const sequence of drawn) own.set(sequence, await stand(sequence.replaceAll("''", "'")))
      const text = statement.text.replaceAll(
        DRAWS,
        (_whole, sequence: string) => `nextval('pg_temp.${own.get(sequence)}')`,
      )
      // It is another statement than the one that is prepared under that name.
      return await tx.query({ text, ...(statement.values === undefined ? {} : { values: statement.values }) })
    },
  }
}
