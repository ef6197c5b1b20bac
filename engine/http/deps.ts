import type { Sessions } from '../access/sessions.ts'
import type { Throttle } from '../access/throttle.ts'
import type { ToldAttempts } from '../access/told-attempts.ts'
import type { BackupSettings, TrustProxy } from '../config.ts'
import type { Database } from '../db/database.ts'
import type { ModelStore } from '../model/store.ts'
import type { Observer } from '../observe.ts'
import type { Registry } from '../registry/registry.ts'
import type { LiveHub } from './live/hub.ts'
import type { ProxyTrust } from './origin.ts'

/** Where requests find the model in force. */
export type ModelSource = Pick<ModelStore, 'peek' | 'current' | 'refresh'>

/** One thing that must work before requests are welcome. */
export interface ReadinessCheck {
  readonly name: string
  /** Rejects when it does not work; may answer a figure worth showing, such as the model's version. */
  check(): Promise<string | number | undefined>
}

export interface HttpSettings {
  /** Folder of uploads and of everything else that the engine keeps outside the database. */
  readonly dataDir: string
  /** Folder of the templates that are shipped. */
  readonly seedsDir: string
  /** Folder of the built pages. */
  readonly pagesDir: string
  readonly trustProxy: TrustProxy
  /** Where people reach this Tenon, for links; undefined where nobody has said. */
  readonly publicUrl: string | undefined
  /** Where backups lie and when they are made; undefined where the database is not ours. */
  readonly backups?: BackupSettings | undefined
  /** Whether mails go out: an SMTP server is set. */
  readonly mails: boolean
}

/** What the server is made of; app.ts fills it. */
export interface HttpSource {
  readonly db: Database
  readonly models: ModelSource
  readonly registry: Registry
  readonly sessions: Sessions
  /** The pages that listen on this node. */
  readonly live: LiveHub
  readonly throttle: Throttle
  readonly observer: Observer
  readonly readiness: readonly ReadinessCheck[]
  readonly settings: HttpSettings
}

/** What the routes stand on. */
export interface HttpDeps extends HttpSource {
  readonly trusts: ProxyTrust
  /** Which of the attempts that the throttle holds back the audit tells. */
  readonly attempts: ToldAttempts
}
