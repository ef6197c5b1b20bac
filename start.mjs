// Every Node that reads modules at all (12 and newer) must get as far as the message: no newer syntax in here.
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Node ${process.versions.node} is too old; Tenon needs 20.19 or newer (https://nodejs.org).\n` +
      `Node ${process.versions.node} 版本过低，Tenon 需要 20.19 或更新版本。`,
  )
  process.exit(1)
}

import('./bin/prepare.mjs')
  .then(({ prepare, runEngine }) => prepare({ pages: true }).then(() => runEngine('main')))
  .catch((fault) => {
    console.error(fault.expected ? fault.message : fault)
    process.exit(1)
  })
