import type { OverviewFigure, OverviewGroup } from '../../api/layouts.ts'
import type { Measure } from '../../api/records.ts'
import type { Entity } from '../../api/types.ts'
import { bothOf } from '../list/filter-rule.ts'

/** Figures that one question answers: of the same records. */
export interface FigureQuestion {
  readonly entity: string
  readonly filter: unknown
  readonly measures: readonly Measure[]
  readonly figures: readonly OverviewFigure[]
}

/** By which name an answer gives a figure. */
export const answerName = ({ fn, field }: OverviewFigure): string =>
  field === undefined ? fn : `${fn}_${field}`

/** The records of a figure, as a list of them is filtered. */
export function figureFilter(figure: OverviewFigure, entities: readonly Entity[], id: string): unknown {
  const by = entities
    .find(({ name }) => name === figure.entity)
    ?.fields.find(({ name }) => name === figure.by)
  const about = { [by?.relation?.kind === 'many' ? 'has' : '==']: [{ var: figure.by }, id] }
  return bothOf(about, figure.filter)
}

/** As few questions as there are sorts of records: figures of the same ones are asked for together. */
export function questionsOf(
  groups: readonly OverviewGroup[],
  entities: readonly Entity[],
  id: string,
): readonly FigureQuestion[] {
  const questions = new Map<string, FigureQuestion>()
  for (const figure of groups.flatMap(({ figures }) => figures)) {
    const filter = figureFilter(figure, entities, id)
    const key = JSON.stringify([figure.entity, filter])
    const before = questions.get(key)
    const measure: Measure =
      figure.field === undefined ? { fn: figure.fn } : { fn: figure.fn, field: figure.field }
    const measures = before?.measures ?? []
    const isThere = measures.some(({ fn, field }) => fn === measure.fn && field === measure.field)
    questions.set(key, {
      ...{ entity: figure.entity, filter },
      measures: isThere ? measures : [...measures, measure],
      figures: [...(before?.figures ?? []), figure],
    })
  }
  return [...questions.values()]
}
