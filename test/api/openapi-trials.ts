import type { Driver } from './openapi-drivers.ts'

let count = 0

/** A call on a trial of a draft that changes a validation: on one that runs already, or one that it begins. */
function onTrial(wish: object, isRunning: boolean): Driver {
  return async ({ admin, method, path }) => {
    const { id } = (await admin.post('/api/meta/changesets', { label: 'x' })).record
    const name = `trial_${++count}`
    const check = {
      ...{ kind: 'validation', name, entity: 'company' },
      ...{ must: { '==': [1, 1] }, problem: { message: 'x' } },
    }
    await admin.put(`/api/meta/changesets/${id}/definitions/validation/${name}`, check)
    const { hash } = (await admin.post(`/api/meta/changesets/${id}/plan`)).record
    const body = { hash, ...wish }
    const at = path.replace('{id}', id)
    if (isRunning) await admin.put(at, body)
    const answer = await admin.call(method, at, method === 'PUT' ? { body } : {})
    if (method !== 'DELETE') await admin.delete(at)
    return answer
  }
}

const PILOT = { roles: ['administrator'] }

/** Drafts that some people try, and that run silently. */
export const TRIAL_DRIVERS: Readonly<Record<string, Driver>> = {
  get_pilot: onTrial(PILOT, true),
  put_pilot: onTrial(PILOT, false),
  withdraw_pilot: onTrial(PILOT, true),
  get_silent_run: onTrial({}, true),
  begin_silent_run: onTrial({}, false),
  end_silent_run: onTrial({}, true),
}
