// A thread of its own that makes PDFs: fonts are large and laying out takes hundreds of milliseconds, for which nobody
// else shall wait. Plain JavaScript, so that a thread can begin with it whether the engine is built or not.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parentPort } from 'node:worker_threads'
import pdfmake from 'pdfmake'

const require = createRequire(import.meta.url)
const faces = join(dirname(require.resolve('@embedpdf/fonts-sc')), '..', 'fonts')
const regular = join(faces, 'NotoSansHans-Regular.otf')
const bold = join(faces, 'NotoSansHans-Bold.otf')

pdfmake.setFonts({ Face: { normal: regular, bold, italics: regular, bolditalics: bold } })
// Nothing is fetched and nothing but the faces is read, whatever a page says.
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => path === regular || path === bold)

const LINE = '#c9ced6'
const WIDTH = 0.6
const none = () => 0
pdfmake.setTableLayouts({
  lined: {
    hLineWidth: () => WIDTH,
    vLineWidth: () => WIDTH,
    hLineColor: () => LINE,
    vLineColor: () => LINE,
    fillColor: (row, node) => (row < node.table.headerRows ? '#f4f5f7' : null),
    paddingLeft: () => 8,
    paddingRight: () => 8,
    paddingTop: () => 4,
    paddingBottom: () => 3,
  },
  beside: {
    hLineWidth: none,
    vLineWidth: none,
    paddingLeft: none,
    paddingRight: () => 16,
    paddingTop: () => 2,
    paddingBottom: () => 2,
  },
  line: {
    hLineWidth: (row) => (row === 0 ? WIDTH : 0),
    vLineWidth: none,
    hLineColor: () => LINE,
    paddingTop: none,
    paddingBottom: none,
  },
})

/** The bytes of a page. @param header the logo, and whether it stands on every page */
async function print({ footer, header, ...page }) {
  const document = pdfmake.createPdf({
    ...page,
    ...(header === undefined
      ? {}
      : { header: (at) => (at === 1 || header.on === 'every_page' ? { ...header.picture } : '') }),
    footer: (at, count) => ({
      columns: [
        { ...footer, width: '*' },
        { ...footer, text: `${at} / ${count}`, width: 'auto' },
      ],
      margin: [68, 24, 68, 0],
    }),
    // A heading stays with what follows it.
    pageBreakBefore: (node, { getFollowingNodesOnPage }) =>
      node.headlineLevel !== undefined && getFollowingNodesOnPage().length === 0,
  })
  return await document.getBuffer()
}

/** A contract is worth more than its letterhead: with a picture that is broken inside it is printed without. */
async function printAnyhow({ header, ...page }) {
  if (header === undefined) return await print(page)
  try {
    return await print({ ...page, header })
  } catch {
    return await print(page)
  }
}

parentPort.on('message', async ({ id, page }) => {
  try {
    parentPort.postMessage({ id, content: await printAnyhow(page) })
  } catch (error) {
    parentPort.postMessage({ id, fault: error instanceof Error ? error.message : String(error) })
  }
})
