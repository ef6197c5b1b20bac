import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { Entity } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { Button, IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { Menu } from '../../kit/Menu.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { ProblemState, State } from '../../kit/State.tsx'
import { newChildAddress } from '../form/presets.ts'
import { recordAddress } from '../frame/places.ts'
import { MembersSheet } from './MembersSheet.tsx'
import { TeamPickSheet } from './TeamPickSheet.tsx'
import { linesOf, type TeamNode, type TreeLine } from './team-tree.ts'
import { type LedTeam, useTeams } from './use-teams.ts'
import './team-tree.css'

type Node = TeamNode<LedTeam>
type Act = { readonly kind: 'parent' | 'leader' | 'members'; readonly node: Node }

/** Teams as a tree: which is part of which, who leads it, how many people it has. */
export function TeamTree({ entity }: { readonly entity: Entity }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { query, tree, areCounted } = useTeams()
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const [act, setAct] = useState<Act>()
  const close = (): void => setAct(undefined)
  const fold = (id: string): void =>
    setFolded(folded.has(id) ? new Set([...folded].filter((one) => one !== id)) : new Set([...folded, id]))
  if (query.isPending) return <LoadingRows rows={10} />
  if (query.isError) {
    return <ProblemState error={query.error} title={t('team.failed')} retry={() => void query.refetch()} />
  }
  if (tree.length === 0) {
    return (
      <State joint="empty" title={t('team.empty')} text={t('team.emptyText')}>
        {entity.rights.create ? (
          <Button type="primary" onClick={() => void navigate(`/records/${entity.name}/new`)}>
            {t('act.newOf', { entity: entity.label })}
          </Button>
        ) : null}
      </State>
    )
  }
  return (
    <div className="list-body">
      <table className="team-tree">
        <thead>
          <tr>
            <th scope="col">{entity.label}</th>
            <th scope="col">{t('team.leader')}</th>
            <th scope="col">{t('team.members')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('act.more')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {linesOf(tree, folded).map((line) => (
            <Line
              key={line.node.team.id}
              entity={entity}
              line={line}
              isFolded={folded.has(line.node.team.id)}
              areCounted={areCounted}
              onFold={fold}
              onAct={setAct}
            />
          ))}
        </tbody>
      </table>
      {act?.kind === 'members' ? <MembersSheet team={act.node.team} onClose={close} /> : null}
      {act?.kind === 'parent' || act?.kind === 'leader' ? (
        <TeamPickSheet kind={act.kind} node={act.node} onClose={close} />
      ) : null}
    </div>
  )
}

interface LineProps {
  readonly entity: Entity
  readonly line: TreeLine<LedTeam>
  readonly isFolded: boolean
  readonly areCounted: boolean
  readonly onFold: (id: string) => void
  readonly onAct: (act: Act) => void
}

function Line({ entity, line, isFolded, areCounted, onFold, onAct }: LineProps) {
  const { t } = useTranslation()
  const { node, depth } = line
  const { team, children, members, all } = node
  return (
    <tr data-id={team.id} data-depth={depth}>
      <th scope="row">
        <span className="row team-name" style={{ paddingInlineStart: depth * INDENT }}>
          {children.length === 0 ? (
            <span className="team-fold" />
          ) : (
            <button
              type="button"
              className="plain-button team-fold"
              aria-expanded={!isFolded}
              aria-label={t(isFolded ? 'team.unfold' : 'team.fold', { name: team.name })}
              onClick={() => onFold(team.id)}
            >
              <Icon name={isFolded ? 'chevron_right' : 'chevron_down'} size="small" />
            </button>
          )}
          <Link className="cut strong" to={recordAddress('team', team.id)}>
            {team.name}
          </Link>
        </span>
      </th>
      <td className="team-leader">
        {team.leader === undefined ? (
          <span className="ink-3 t13">{t('team.noLeader')}</span>
        ) : (
          <Link className="row" to={recordAddress('user', team.leader.id)}>
            <Avatar name={team.leader.name} person />
            <span className="cut">{team.leader.name}</span>
          </Link>
        )}
      </td>
      <td className="team-members">
        <button
          type="button"
          className="plain-button row num"
          aria-label={t('team.membersOf', { name: team.name })}
          onClick={() => onAct({ kind: 'members', node })}
        >
          <Icon name="users" />
          {areCounted ? members : ''}
          {all > members ? (
            <span className="ink-3 no-phone">{t('team.withBelow', { count: all })}</span>
          ) : null}
        </button>
      </td>
      <td className="team-acts">
        <LineMenu entity={entity} node={node} onAct={onAct} />
      </td>
    </tr>
  )
}

/** How far a team stands to the right of the one that it is part of. */
const INDENT = 22

function LineMenu({ entity, node, onAct }: Pick<LineProps, 'entity' | 'onAct'> & { readonly node: Node }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { model } = useWork()
  const { id } = node.team
  const people = model.entities.find(({ name }) => name === 'user')
  const item = (
    key: string,
    icon: 'users' | 'user' | 'branch' | 'plus',
    label: string,
    onClick: () => void,
  ) => ({
    key,
    icon: <Icon name={icon} />,
    label,
    onClick,
  })
  const items = [
    ...(people?.rights.read === true
      ? [item('members', 'users', t('team.members'), () => onAct({ kind: 'members', node }))]
      : []),
    ...(entity.rights.update
      ? [
          item('leader', 'user', t('team.setLeader'), () => onAct({ kind: 'leader', node })),
          item('parent', 'branch', t('team.move'), () => onAct({ kind: 'parent', node })),
        ]
      : []),
    ...(entity.rights.create
      ? [
          item(
            'below',
            'plus',
            t('team.below'),
            () => void navigate(newChildAddress(entity, 'parent', 'team', id)),
          ),
        ]
      : []),
  ]
  if (items.length === 0) return null
  return (
    <Menu items={items} placement="bottomRight">
      <IconButton label={`${t('act.more')}: ${node.team.name}`} icon={<Icon name="more" />} />
    </Menu>
  )
}
