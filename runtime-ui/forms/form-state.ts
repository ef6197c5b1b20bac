import { createContext } from 'react'
import type { FormData } from './form-data.ts'

/** How the rules make a form look at the moment. Its fields read it past rjsf, which redraws for new data alone. */
export interface FormState {
  readonly entity: string
  readonly data: FormData
  /** What is stored: a locked field shows it. */
  readonly base: FormData
  readonly hidden: ReadonlySet<string>
  readonly required: ReadonlySet<string>
  readonly locked: ReadonlySet<string>
  readonly hiddenSections: ReadonlySet<string>
  /** Filled from a text, to be looked over. */
  readonly filled: ReadonlySet<string>
  readonly computed: ReadonlyMap<string, unknown>
  /** The one section that is looked at, of a form in tabs or steps; all of them where it has neither. */
  readonly part: string | undefined
  /** Whether it stands above another form: nothing opens above it in turn. */
  readonly isQuick?: boolean
  /** Why a section is there, by section. */
  readonly because: ReadonlyMap<string, string>
}

const NONE: ReadonlySet<string> = new Set()

export const FormStateContext = createContext<FormState>({
  entity: '',
  data: {},
  base: {},
  hidden: NONE,
  required: NONE,
  locked: NONE,
  hiddenSections: NONE,
  filled: NONE,
  computed: new Map(),
  part: undefined,
  because: new Map(),
})
