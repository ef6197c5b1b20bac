import { launch } from './test/support/browser.ts'
const b = await launch()
const url = process.argv[2]!, tok = process.argv[3]
const c = await b.newContext({ baseURL: url, viewport: { width: 1440, height: 900 }, ...(tok ? { extraHTTPHeaders: { Authorization: `Bearer ${tok}` } } : {}) })
if (!tok) await c.request.post('/api/auth/login', { data: { email: 'admin@example.com', password: 'look-look-look' }, headers: { origin: url } })
const p = await c.newPage(); const d = await c.newCDPSession(p)
const m = new Map<string, any>(); const rows: any[] = []
d.on('Network.responseReceived', (e) => m.set(e.requestId, e.response.url))
const t0 = Date.now()
d.on('Network.loadingFinished', (e) => rows.push([Date.now() - t0, e.encodedDataLength / 1024, (m.get(e.requestId) ?? '').replace(url, '').slice(0, 60)]))
await d.send('Network.enable')
await p.goto(process.argv[4] ?? '/records/account'); await p.waitForSelector('main a[href^="/records/"]'); const row = Date.now() - t0
await p.waitForTimeout(1500)
const before = rows.filter((r) => r[0] <= row)
console.log('row at', row, 'KB before', before.reduce((s, r) => s + r[1], 0).toFixed(0), 'files', before.length)
for (const r of [...rows].sort((x, y) => y[1] - x[1]).slice(0, 26)) console.log(r[0], r[1].toFixed(1), r[2])
await b.close()
