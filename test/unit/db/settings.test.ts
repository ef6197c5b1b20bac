import { expect } from 'chai'
import { serverSettings } from '../../../engine/db/embedded/settings.ts'

const MB = 1024 * 1024

describe('the embedded server’s settings', () => {
  const cases = [
    { memory: 64_000, shared: 32_000, gives: ['512MB', '32000MB', '128MB', 'posix'] },
    { memory: 1_024, shared: 64, gives: ['256MB', '512MB', '64MB', 'mmap'] },
    { memory: 100, shared: 0, gives: ['32MB', '64MB', '32MB', 'mmap'] },
  ]
  for (const { memory, shared, gives } of cases) {
    it(`suit ${memory} MB of memory and ${shared} MB of /dev/shm`, () => {
      const found = serverSettings(memory * MB, shared * MB)
      const names = [
        'shared_buffers',
        'effective_cache_size',
        'maintenance_work_mem',
        'dynamic_shared_memory_type',
      ]
      expect(names.map((name) => found[name])).to.deep.equal(gives)
    })
  }

  it('never give up durability, nor listen on a network', () => {
    const found = serverSettings(1_024 * MB, 0)
    expect(found).to.not.have.any.keys('fsync', 'synchronous_commit', 'full_page_writes')
    expect(found.listen_addresses).to.equal('')
  })
})
