import { auditCommands } from './audit.ts'
import { backupCommands } from './backup.ts'
import type { Command } from './command.ts'
import { doctorCommand } from './doctor.ts'
import { importCommand } from './import.ts'
import { metaCommands } from './meta.ts'
import { scenarioCommands } from './scenario.ts'
import { secretCommands } from './secret.ts'
import { shareCommand } from './share.ts'
import { templateCommands } from './template.ts'
import { userCommands } from './user.ts'
import { workspaceCommands } from './workspace.ts'

/** Every command, in the order in which `tenon help` lists them. */
export const COMMANDS: readonly Command[] = [
  ...workspaceCommands,
  ...templateCommands,
  importCommand,
  ...userCommands,
  ...metaCommands,
  ...scenarioCommands,
  ...auditCommands,
  ...secretCommands,
  ...backupCommands,
  shareCommand,
  doctorCommand,
]
