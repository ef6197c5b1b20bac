import { operation, type Paths } from './operation.ts'

/** What happens, as it happens. */
export const EVENT_PATHS: Paths = {
  '/api/events': {
    get: operation({
      id: 'events',
      tag: 'events',
      summary: 'What happens, as it happens: server-sent events',
      description:
        'Each event has JSON as its data. `records` {entity, records: [{id, action, version}]} or {entity, many: true}: ' +
        'records that the asking actor may read were created, updated, deleted or restored. `notifications`: the same of ' +
        'one’s own notifications. `job` {id, kind, state, done, total}: one’s own job goes on. `model` {version}: ' +
        'definitions have changed. `draft` {id}: somebody has changed a draft, for those who may open it. `ready`: from here on everything is told. `reload`: something was missed; load anew ' +
        'what is shown. `end` {reason}: signed out. A stream that was cut off goes on by `Last-Event-ID`.',
      parameters: [
        {
          name: 'Last-Event-ID',
          in: 'header',
          description: 'The `id` that was heard last.',
          schema: { type: 'string', maxLength: 60 },
        },
      ],
      answers: {
        200: { description: 'A stream without end.', content: { 'text/event-stream': { type: 'string' } } },
      },
      problems: [429],
    }),
  },
}
