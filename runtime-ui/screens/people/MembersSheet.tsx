import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { listRecords, patchRecord } from '../../api/records.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { toast } from '../../kit/toast.tsx'
import { titleOf } from '../../values/references.ts'
import { RecordPicker } from '../../widgets/RecordPicker.tsx'
import { recordAddress } from '../frame/places.ts'
import { useRefusal } from '../record/use-delete.ts'

interface MembersSheetProps {
  readonly team: { readonly id: string; readonly name: string }
  readonly onClose: () => void
}

/** The people whose team it is; who may change users takes them in and out. */
export function MembersSheet({ team, onClose }: MembersSheetProps) {
  const { t } = useTranslation()
  const { model } = useWork()
  const people = model.entities.find(({ name }) => name === 'user')
  return (
    <Sheet open title={t('team.membersOf', { name: team.name })} onClose={onClose}>
      {people === undefined ? null : <Members team={team} people={people} />}
    </Sheet>
  )
}

const SHOWN = 200

function Members({ team, people }: Pick<MembersSheetProps, 'team'> & { readonly people: Entity }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const query = useQuery({
    queryKey: ['records', 'user', 'members', team.id],
    queryFn: ({ signal }) =>
      listRecords(
        'user',
        { filter: { '==': [{ var: 'team' }, team.id] }, sort: 'name', limit: SHOWN },
        signal,
      ),
  })
  const edits =
    people.rights.update && people.fields.some(({ name, writable }) => name === 'team' && writable)
  const put = async (id: string, to: string | null): Promise<void> => {
    await patchRecord('user', id, { team: to })
    await queryClient.invalidateQueries({ queryKey: ['records'] })
  }
  const take = (id: string | undefined): void => {
    if (id !== undefined) void put(id, team.id).catch(refuse)
  }
  const leave = (person: RecordData): void => {
    const done = () =>
      toast({ text: `${titleOf(people, person)} – ${team.name}`, undo: () => put(person.id, team.id) })
    void put(person.id, null).then(done, refuse)
  }
  return (
    <div className="team-form">
      {edits ? (
        <div className="field">
          <label htmlFor="team-add">{t('team.addPerson')}</label>
          <RecordPicker entity="user" aria={{ id: 'team-add' }} value={undefined} onChange={take} />
        </div>
      ) : null}
      {query.isPending ? <LoadingRows rows={4} /> : null}
      {query.isError ? (
        <ProblemState
          error={query.error}
          title={t('team.membersFailed')}
          retry={() => void query.refetch()}
        />
      ) : null}
      {query.data?.data.length === 0 ? <p className="t13 ink-3">{t('team.membersNone')}</p> : null}
      <ul>
        {(query.data?.data ?? []).map((person) => {
          const name = titleOf(people, person)
          return (
            <li key={person.id} className="row member-row">
              <Avatar name={name} person />
              <Link className="cut grow" to={recordAddress('user', person.id)}>
                {name}
              </Link>
              {edits ? (
                <IconButton
                  label={t('team.remove', { name })}
                  icon={<Icon name="close" />}
                  onClick={() => leave(person)}
                />
              ) : null}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
