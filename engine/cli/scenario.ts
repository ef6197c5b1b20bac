import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { nearest } from '../../metadata/nearest.ts'
import { AppError, didYouMean, problem, refuse } from '../errors.ts'
import type { DefinitionSet } from '../model/compiled.ts'
import { saveScenarioRun } from '../model/scenario-runs.ts'
import { loadState, schemaOf } from '../model/state.ts'
import { runScenarios } from '../quality/run-scenarios.ts'
import { readTemplate } from '../templates/read-template.ts'
import { templateCandidate } from '../templates/template-candidate.ts'
import { parseWords } from './arguments.ts'
import type { Command } from './command.ts'
import { DEFAULT_WORKSPACE } from './open-workspace.ts'
import { printResults } from './print-results.ts'

const runCommand: Command = {
  name: 'scenario run',
  usage: '[<template folder>] [<name> …] [--workspace <name>]',
  summary: {
    en: 'Runs scenarios, those of a template folder or those in force, and tells each as a story. Fails when one does.',
    'zh-CN': '运行模板文件夹或工作区生效的场景，并逐步讲述结果；有场景未通过则返回失败。',
  },
  async run(context, args) {
    const { words, options } = parseWords(
      args,
      { workspace: { type: 'string', default: DEFAULT_WORKSPACE } },
      [0, 200],
    )
    const { database: db, registry } = await context.openCore()
    const { workspace } = options
    const schema = await schemaOf(db, workspace)
    if (schema === undefined) throw refuse('WORKSPACE_UNKNOWN', '', { params: { name: workspace } })
    const state = await loadState(db, schema)
    const folder = words[0] === undefined ? undefined : resolve(context.folder, words[0])
    const isTemplate = folder !== undefined && existsSync(join(folder, 'template.json'))
    const definitions = isTemplate ? templateCandidate(readTemplate(folder), registry) : state.definitions
    const names = isTemplate ? words.slice(1) : words
    assertKnown(definitions, names)
    const only = names.length === 0 ? undefined : names
    const results = await runScenarios({
      db,
      registry,
      workspace,
      settings: state.settings,
      definitions,
      only,
    })
    if (!isTemplate) await saveScenarioRun(db, schema, state.version, results)
    if (results.length === 0) {
      context.print(context.say({ en: 'There are no scenarios.', 'zh-CN': '没有场景。' }))
    }
    printResults(context, results, { isWhole: true })
    return results.every(({ passed }) => passed) ? 0 : 1
  },
}

export const scenarioCommands: readonly Command[] = [runCommand]

/** @throws AppError META_SCENARIO_UNKNOWN for each name that no scenario has */
function assertKnown({ scenario }: DefinitionSet, names: readonly string[]): void {
  const unknown = names.filter((name) => !scenario.has(name))
  if (unknown.length === 0) return
  throw new AppError(
    unknown.map((name) =>
      problem('META_SCENARIO_UNKNOWN', '', {
        params: { name: name.slice(0, 80) },
        hint: didYouMean(nearest(name, [...scenario.keys()])),
      }),
    ),
  )
}
