import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listRecords, patchRecord } from '../../api/records.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { toast } from '../../kit/toast.tsx'
import { FieldValue } from '../../values/FieldValue.tsx'
import { titleOf } from '../../values/references.ts'
import { useRefusal } from '../record/use-delete.ts'
import './contacts.css'

const MOST = 5

/** What is still to be done about a record, soonest first; done with one press. */
export function OpenTodo({ entity, id }: { readonly entity: Entity; readonly id: string }) {
  const { t } = useTranslation()
  const { model } = useWork()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const relation = entity.relations.find(
    (one) => model.entities.find(({ name }) => name === one.entity)?.activity?.as === 'task',
  )
  const todo = model.entities.find(({ name }) => name === relation?.entity)
  const { at, status, done } = todo?.activity ?? {}
  const query = useQuery({
    queryKey: ['records', todo?.name, 'open', id],
    queryFn: () =>
      listRecords(todo?.name ?? '', {
        filter: {
          and: [
            { '==': [{ var: relation?.field }, id] },
            ...(status === undefined ? [] : [{ '!': [{ in: [{ var: status }, done] }] }]),
          ],
        },
        ...(at === undefined ? {} : { sort: at }),
        limit: MOST,
      }),
    enabled: todo !== undefined,
  })
  const records = query.data?.data ?? []
  if (todo === undefined || records.length === 0) return null
  const when = todo.fields.find(({ name }) => name === at)
  const isEnded = todo.rights.update && status !== undefined && done?.[0] !== undefined
  const put = async (record: RecordData, value: unknown): Promise<void> => {
    await patchRecord(todo.name, record.id, { [status ?? '']: value })
    await queryClient.invalidateQueries({ queryKey: ['records', todo.name] })
  }
  const end = async (record: RecordData): Promise<void> => {
    const before = record[status ?? '']
    try {
      await put(record, done?.[0])
      toast({
        text: t('calls.todoDone', { title: titleOf(todo, record) }),
        undo: () => put(record, before).catch(refuse),
      })
    } catch (error) {
      refuse(error)
    }
  }
  return (
    <section aria-label={t('calls.todo')}>
      <h3 className="h3">{t('calls.todo')}</h3>
      <ul className="call-list">
        {records.map((record) => (
          <li key={record.id} className="row">
            {isEnded ? (
              <IconButton
                label={t('calls.end', { title: titleOf(todo, record) })}
                icon={<Icon name="check" />}
                onClick={() => void end(record)}
              />
            ) : (
              <Icon name="task" />
            )}
            <span className="grow cut">{titleOf(todo, record)}</span>
            {when === undefined || record[when.name] == null ? null : (
              <span className="t13 ink-3">
                <FieldValue entity={todo} field={when} value={record[when.name]} compact />
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
