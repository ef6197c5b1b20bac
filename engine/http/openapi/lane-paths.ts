import type { CompiledEntity } from '../../model/compiled.ts'
import { isInLane } from '../../records/lane.ts'
import type { ModelView } from '../model/model-view.ts'
import { dataOf, operation, type Paths } from './operation.ts'
import { DRY_RUN, ID } from './record-parameters.ts'

/** What records of an entity become, and the way that they take across entities. */
export function lanePaths({ model, access }: ModelView, entity: CompiledEntity, base: string): Paths {
  const { convert } = entity.definition
  return {
    ...(isInLane(model, entity) ? { [`${base}/{id}/lane`]: { get: lane(entity) } } : {}),
    ...(convert === undefined || access.entity(entity.name).update === 'none'
      ? {}
      : { [`${base}/{id}/actions/convert`]: { post: conversion(entity) } }),
  }
}

function lane({ name }: CompiledEntity) {
  const step = {
    type: 'object',
    required: ['entity', 'label', 'id', 'title', 'owner', 'began_at', 'became_at', 'is_this', 'stages'],
    properties: {
      ...{ entity: { type: 'string' }, label: { type: 'string' }, id: { type: 'string', format: 'uuid' } },
      ...{ title: {}, owner: {}, began_at: { type: 'string', format: 'date-time' } },
      became_at: { type: ['string', 'null'], format: 'date-time' },
      ...{ is_this: { type: 'boolean' }, stages: { type: 'array', items: { type: 'object' } } },
    },
  }
  return operation({
    ...{ id: `lane_${name}`, tag: name, parameters: [ID] },
    summary: 'The way of a record across entities: what it came from, and what came of it',
    answers: { 200: { description: 'The first first.', schema: dataOf({ type: 'array', items: step }) } },
  })
}

function conversion({ name, definition }: CompiledEntity) {
  const target = {
    oneOf: [
      { type: 'null' },
      { type: 'object', required: ['id'], properties: { id: { type: 'string', format: 'uuid' } } },
      { type: 'object', properties: { id: false } },
    ],
  }
  const made = {
    type: 'object',
    required: ['entity', 'id', 'is_new'],
    properties: {
      entity: { type: 'string' },
      id: { type: 'string', format: 'uuid' },
      is_new: { type: 'boolean' },
    },
  }
  const names = definition.convert?.to.map((one) => one.name) ?? []
  return operation({
    ...{ id: `convert_${name}`, tag: name, parameters: [ID, DRY_RUN] },
    summary: 'Makes a record into others, as its entity says',
    body: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(names.map((one) => [one, target])),
    },
    answers: {
      200: {
        description: 'What was made, and what was chosen.',
        schema: dataOf({
          type: 'object',
          required: ['id', 'made'],
          properties: {
            id: { type: 'string', format: 'uuid' },
            made: { type: 'object', additionalProperties: made },
          },
        }),
      },
    },
    problems: [403, 409, 422],
  })
}
