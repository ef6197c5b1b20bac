import { statfsSync } from 'node:fs'
import { totalmem } from 'node:os'

const MB = 1024 * 1024

/** Bytes that this process may use: the container's limit where there is one. */
export function availableMemory(): number {
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}

/**
 * The server's settings for a machine that it shares with the engine. Durability (fsync, synchronous_commit,
 * full_page_writes) stays as PostgreSQL has it: on.
 * @param memory bytes
 * @param sharedMemoryFile bytes that /dev/shm holds; containers often have 64 MB, too little for parallel queries
 */
export function serverSettings(memory: number, sharedMemoryFile: number): Record<string, string> {
  const buffers = Math.max(32, Math.min(512, Math.floor(memory / 4 / MB)))
  return {
    listen_addresses: '',
    port: '5432',
    max_connections: '100',
    shared_buffers: `${buffers}MB`,
    effective_cache_size: `${Math.max(64, Math.floor(memory / 2 / MB))}MB`,
    work_mem: '16MB',
    maintenance_work_mem: `${Math.max(32, Math.min(128, Math.floor(memory / 16 / MB)))}MB`,
    dynamic_shared_memory_type: sharedMemoryFile < 256 * MB ? 'mmap' : 'posix',
    random_page_cost: '1.1',
    // A page of a list is there before a worker has started; sums over a million rows still get theirs.
    parallel_setup_cost: '10000',
    max_wal_size: '4GB',
    min_wal_size: '256MB',
    autovacuum_naptime: '15s',
    checkpoint_timeout: '10min',
    jit: 'off', // compiling a plan costs more than running the short statements of an engine
    timezone: 'UTC',
    log_timezone: 'UTC',
    logging_collector: 'off',
    log_line_prefix: '%m [%p] ',
    log_checkpoints: 'off',
  }
}

/** Bytes of /dev/shm, 0 where there is none. */
export function sharedMemorySize(): number {
  try {
    const { blocks, bsize } = statfsSync('/dev/shm')
    return blocks * bsize
  } catch {
    return 0
  }
}
