import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { ApiProblem } from '../../runtime-ui/api/problem.ts'
import { faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { today } from '../../runtime-ui/kit/zoned.ts'
import {
  type ChangesetItem,
  type DefinitionItem,
  type Fault,
  getChangeset,
  getDefinition,
  listAll,
} from '../api.ts'
import { isMissing } from '../inspector/said-problem.ts'
import { freshLabel } from '../review/draft-label.ts'
import { checkChangeset } from './check-api.ts'
import {
  type Address,
  addressOf,
  type Change,
  type Draft,
  type DraftAct,
  definitionIn,
  EMPTY_DRAFT,
  type Fate,
  fateOf,
  keyOf,
  reduceDraft,
  type Taken,
} from './draft.ts'
import { type Json, type Path, valueAt } from './json-value.ts'
import { type Autosave, useAutosave } from './use-autosave.ts'

export interface Store extends Omit<Autosave, 'reset' | 'hear'> {
  readonly draft: Draft
  readonly act: (act: DraftAct) => void
  /** The changeset that is being edited; undefined before the first change. */
  readonly changeset: { readonly id: string; readonly label: string } | undefined
  /** What is in force, by address. */
  readonly index: ReadonlyMap<string, DefinitionItem>
  /** What the changeset holds, as it was when it was read. */
  readonly items: ReadonlyMap<string, ChangesetItem>
  /** What the engine says is wrong with the draft as it is stored; paths begin with kind and name. */
  readonly problems: readonly Fault[]
  /** The same of what stands in nobody's way. */
  readonly warnings: readonly Fault[]
  /** What the draft does with each definition that it touches. */
  readonly fates: ReadonlyMap<string, Fate>
  readonly isReady: boolean
  /** Whether definitions of a kind may be changed here. */
  mayEdit(kind: string): boolean
  /** Goes on with another draft, or with none. */
  open(changeset: string | undefined): void
}

const StoreContext = createContext<Store | undefined>(undefined)

const REMEMBERED = 'tenon.draft'

/** One draft for the whole designer, kept while one goes from page to page and stored while it is made. */
export function StoreProvider({ children }: { readonly children: ReactNode }) {
  const { t, i18n } = useTranslation()
  const { me, model } = useWork()
  const client = useQueryClient()
  const [id, setId] = useState(() => sessionStorage.getItem(REMEMBERED) ?? undefined)
  const [draft, act] = useReducer(reduceDraft, EMPTY_DRAFT)
  const isEditor = me.definitions.length > 0
  const all = useQuery({
    queryKey: ['meta', 'definitions', 'all', i18n.language],
    queryFn: listAll,
    placeholderData: keepPreviousData,
    enabled: isEditor,
  })
  const remembered = useQuery({
    queryKey: ['meta', 'changeset', id],
    queryFn: () => getChangeset(id!),
    enabled: isEditor && id !== undefined,
  })
  const open = (next: string | undefined): void => {
    if (next === undefined) sessionStorage.removeItem(REMEMBERED)
    else sessionStorage.setItem(REMEMBERED, next)
    setId(next)
  }
  const { reset, hear, ...autosave } = useAutosave({
    draft,
    changeset: id,
    label: () => freshLabel(me.user.name, today(model.timeZone), t, i18n.language),
    onOpened: open,
    onMerged(key, to) {
      act({ type: 'adopt', of: addressOf(key), to })
      toast({ text: t('drafts.merged') })
    },
  })
  // One that is in force or thrown away meanwhile is not gone on with.
  const found = remembered.data?.state === 'open' && id !== undefined ? remembered.data : undefined
  const items = useMemo(() => new Map((found?.items ?? []).map((item) => [keyOf(item), item])), [found])
  const isFound = found !== undefined
  useEffect(() => {
    // While this page stores, what it hears may be older than what it knows; what it stores is merged anyway.
    if (isFound && autosave.saving.state === 'saved') hear(items)
  }, [isFound, items, autosave.saving.state, hear])
  const elsewhere = useChangedElsewhere(id, isFound ? items : undefined, draft)
  const index = useMemo(() => new Map((all.data ?? []).map((item) => [keyOf(item), item])), [all.data])
  const fates = useMemo(() => fatesOf(draft, items, index), [draft, items, index])
  const isChecked = found !== undefined && (autosave.stored > 0 || items.size > 0)
  const checked = useQuery({
    queryKey: ['meta', 'check', id, autosave.stored, elsewhere, i18n.language],
    queryFn: () => checkChangeset(found!.id),
    enabled: isChecked,
    placeholderData: keepPreviousData,
  })
  // Whoever has looked at the plan of a draft knows what it lacks.
  const { pathname } = useLocation()
  const [tried, setTried] = useState<string>()
  if (id !== undefined && tried !== id && pathname === `/designer/drafts/${id}`) setTried(id)
  const checkedFaults = isChecked ? (checked.data?.problems ?? []) : []
  const problems = [
    ...(tried === id ? checkedFaults : checkedFaults.map((fault) => quietly(fault, draft))),
    ...refusedOf(autosave.saving),
  ]
  const warnings = isChecked ? (checked.data?.warnings ?? []) : []
  const isViewing = me.viewer !== undefined
  return (
    <StoreContext.Provider
      value={{
        ...{ draft, act, index, items, problems, warnings, fates, ...autosave },
        changeset: found === undefined ? undefined : { id: found.id, label: found.label },
        // A draft that this page has opened itself holds nothing that it does not know.
        isReady:
          all.data !== undefined && (id === undefined || draft.bases.size > 0 || !remembered.isPending),
        mayEdit: (kind) => !isViewing && me.definitions.includes(kind),
        open(next) {
          act({ type: 'clear' })
          reset()
          open(next)
          // The one that is left may be gone: it is read again when somebody comes back to it.
          const isLeft = ({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean =>
            id !== undefined && id !== next && queryKey.includes(id)
          void client.invalidateQueries({ queryKey: ['meta'], predicate: isLeft, refetchType: 'none' })
          void client.invalidateQueries({ queryKey: ['meta'], predicate: (query) => !isLeft(query) })
        },
      }}
    >
      {children}
    </StoreContext.Provider>
  )
}

export function useStore(): Store {
  const store = useContext(StoreContext)
  if (store === undefined) throw new Error('useStore is called outside the designer')
  return store
}

/** How often another window has changed definitions of the draft that this page has not touched. */
function useChangedElsewhere(
  id: string | undefined,
  items: ReadonlyMap<string, ChangesetItem> | undefined,
  draft: Draft,
): number {
  const [count, setCount] = useState(0)
  const last = useRef<{
    readonly id: string | undefined
    readonly items: ReadonlyMap<string, ChangesetItem>
  }>(undefined)
  const touched = useRef(draft.bases)
  touched.current = draft.bases
  useEffect(() => {
    if (items === undefined) return
    const before = last.current
    last.current = { id, items }
    if (before?.id !== id || before === undefined) return
    // What has not changed is the same object as before.
    const keys = new Set([...before.items.keys(), ...items.keys()])
    const isMoved = [...keys].some(
      (key) => !touched.current.has(key) && before.items.get(key) !== items.get(key),
    )
    if (isMoved) setCount((times) => times + 1)
  }, [id, items])
  return count
}

/** What is missing where nothing stood before is told quietly: nobody may have come to it yet. */
function quietly(fault: Fault, draft: Draft): Fault {
  const [, kind, name, ...path] = fault.path.split('/')
  const before = draft.bases.get(`${kind}/${name}`)?.inForce
  return isMissing(fault) && valueAt(before, path) === undefined ? { ...fault, isQuiet: true } : fault
}

/** What the engine does not even store, as problems of the draft. */
function refusedOf(saving: Autosave['saving']): readonly Fault[] {
  if (saving.state !== 'failed' || saving.key === undefined || !(saving.error instanceof ApiProblem))
    return []
  const { key, error } = saving
  const items =
    error.items.length > 0 ? error.items : [{ code: error.code, path: '', message: error.message }]
  return items.map((item) => ({ ...item, path: `/${key}${item.path}` }))
}

function fatesOf(
  draft: Draft,
  items: ReadonlyMap<string, ChangesetItem>,
  index: ReadonlyMap<string, DefinitionItem>,
): ReadonlyMap<string, Fate> {
  const fates = new Map<string, Fate>()
  for (const key of new Set([...items.keys(), ...draft.bases.keys()])) {
    const base = draft.bases.get(key)
    const now = definitionIn(draft, addressOf(key), items.get(key)?.definition ?? undefined)
    const inForce = base === undefined ? undefined : base.inForce
    // Of what this page has not opened it is known that it is in force, not how it reads.
    const fate =
      base !== undefined || !index.has(key) ? fateOf(inForce, now) : now === undefined ? 'removed' : 'changed'
    if (fate !== undefined) fates.set(key, fate)
  }
  return fates
}

/** A change of a definition, by what it is now. */
export interface Wanted {
  readonly of: Address
  readonly change: (now: Json | undefined) => Change
}

/**
 * Takes steps on any definitions, which are read first: what reaches several at once is taken back at once.
 * @returns whether they are taken; where a definition could not be read none is, and the person is told
 */
export function useTakeAll() {
  const { t } = useTranslation()
  const { model } = useWork()
  const { draft, act, index, items } = useStore()
  const read = async ({ of, change }: Wanted): Promise<Taken> => {
    const key = keyOf(of)
    const inForce = index.has(key) ? (await getDefinition(of.kind, of.name)).data : undefined
    const item = items.get(key)
    const start = item === undefined ? inForce : (item.definition ?? undefined)
    const base = { inForce, start, version: item?.base_version ?? model.version }
    return { base, step: { ...change(definitionIn(draft, of, start)), of } }
  }
  return async (wanted: readonly Wanted[]): Promise<boolean> => {
    try {
      const taken = await Promise.all(wanted.map(read))
      act({ type: 'takeAll', taken })
      return true
    } catch (error) {
      toast({ kind: 'problem', text: faultOf(error, t) })
      return false
    }
  }
}

/** A definition as it is in force and as the draft has it, and what changes it. */
export function useDefinition(of: Address) {
  const { model } = useWork()
  const { draft, act, index, items, isReady } = useStore()
  const key = keyOf(of)
  const isInForce = index.has(key)
  const query = useQuery({
    queryKey: ['meta', 'definition', of.kind, of.name, model.version],
    queryFn: async () => ({ ...(await getDefinition(of.kind, of.name)), version: model.version }),
    enabled: isReady && isInForce,
    placeholderData: (previous, last) => (last?.queryKey[3] === of.name ? previous : undefined),
  })
  const inForce = isInForce ? query.data?.data : undefined
  const item = items.get(key)
  const start = item === undefined ? inForce : (item.definition ?? undefined)
  const isKnown = isReady && (!isInForce || query.data !== undefined)
  const now = isKnown ? definitionIn(draft, of, start) : undefined
  const base = { inForce, start, version: item?.base_version ?? query.data?.version ?? model.version }
  return {
    query,
    inForce,
    now,
    /** Whether it is known what it is; until then nothing can be changed. */
    isKnown,
    isNew: isKnown && !isInForce,
    sentence: query.data?.sentence,
    /** Changes one place; undefined takes it away. */
    set: (path: Path, to: unknown, isAct = false): void =>
      act({
        type: 'take',
        base,
        // What is pressed or drawn is taken back by itself, however soon it follows; what is typed, in one go.
        step: { kind: 'set', of, path, to, ...(isAct ? {} : { at: Date.now() }) },
      }),
    create: (definition: Json): void => act({ type: 'take', base, step: { kind: 'create', of, definition } }),
    remove: (): void => act({ type: 'take', base, step: { kind: 'remove', of } }),
    /** As it is in force, or not there at all. */
    restore: (): void =>
      act({
        type: 'take',
        base,
        step: inForce === undefined ? { kind: 'remove', of } : { kind: 'set', of, path: [], to: inForce },
      }),
  }
}
