import { openSecretKeys } from '../../engine/ops/secret-key.ts'
import { createVault, newSecretRow } from '../../engine/ops/vaults.ts'
import type { Vault } from '../../engine/registry/vault.ts'
import { scratchFolder } from './scratch.ts'

/** The vault of a workspace that is nowhere, with a secret of its own. */
export function testVault(): Vault {
  const keys = openSecretKeys(scratchFolder('vault'), { current: undefined })
  return createVault(keys, newSecretRow(keys.active()))
}
