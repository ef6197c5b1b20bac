import { apiLanguage, readAnswer, request } from './client.ts'
import { unreachable } from './problem.ts'
import type { RecordData } from './types.ts'

/**
 * Attaches a file to a record and tells how much of it has left, from 0 to 1: fetch does not tell that.
 * @throws ApiProblem for every refusal, with status 0 where no answer came
 */
export async function attachFile(
  file: File,
  holder: { readonly entity: string; readonly record: string },
  onSent: (share: number) => void,
): Promise<RecordData> {
  const form = new FormData()
  form.set('entity', holder.entity)
  form.set('record', holder.record)
  form.set('file', file, file.name) // after the fields: the server reads the parts in order
  const response = await new Promise<Response>((resolve, reject) => {
    const call = new XMLHttpRequest()
    call.open('POST', '/api/files')
    call.setRequestHeader('Accept', 'application/json')
    call.setRequestHeader('Accept-Language', apiLanguage())
    call.upload.addEventListener('progress', ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0))
    call.addEventListener('load', () => resolve(new Response(call.responseText, { status: call.status })))
    for (const end of ['error', 'abort', 'timeout']) call.addEventListener(end, () => reject(unreachable()))
    call.send(form)
  })
  return (await readAnswer<{ data: RecordData }>('/api/files', response)).data
}

/** Takes back a file that one has just attached. */
export const removeFile = (id: string): Promise<void> =>
  request(`/api/files/${encodeURIComponent(id)}`, { method: 'DELETE' })
