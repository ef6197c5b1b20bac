import { networkInterfaces } from 'node:os'
import qrcode from 'qrcode-generator'
import { parseWords } from './arguments.ts'
import type { Command } from './command.ts'

/** Prints where phones and other computers on this network reach Tenon, and as a code to point a camera at. */
export const shareCommand: Command = {
  name: 'share',
  usage: '',
  summary: {
    en: 'Prints the address for phones on this network, also as a QR code.',
    'zh-CN': '显示局域网内手机访问的地址及二维码。',
  },
  async run(context, args) {
    parseWords(args, {}, [0, 0])
    const { host, port, publicUrl } = context.config()
    const addresses =
      publicUrl === undefined ? networkAddresses(host, port, networkInterfaces()) : [publicUrl]
    const [first] = addresses
    if (first === undefined) {
      context.print(
        context.say(
          isLoopback(host)
            ? {
                en: 'Tenon listens to this machine alone. Start it with HOST=0.0.0.0, and phones on this network reach it.',
                'zh-CN': 'Tenon 只监听本机。请用 HOST=0.0.0.0 启动，局域网内的手机即可访问。',
              }
            : { en: 'This machine is on no network.', 'zh-CN': '本机未连接任何网络。' },
        ),
      )
      return 1
    }
    for (const address of addresses) context.print(address)
    context.print(codeLines(first).join('\n'))
    if (!first.startsWith('https:')) {
      context.print(
        context.say({
          en: 'Without TLS a phone keeps back: installing Tenon as an app, the camera within the page, the clipboard, the location. Taking pictures for files, calls and everything else work. For the rest put a proxy with TLS in front (docs/operations.md).',
          'zh-CN':
            '未启用 TLS 时，手机不提供：安装为应用、页面内摄像头、剪贴板和定位。拍照上传、拨号等其他功能照常。如需这些功能，请在前面加 TLS 代理（见 docs/operations.md）。',
        }),
      )
    }
    return 0
  },
}

const isLoopback = (host: string): boolean => /^(localhost|127\.|::1$|\[::1\]$)/.test(host)

/**
 * Where others on the network reach a server that listens on `host`; none for one that listens to its own machine.
 * @param interfaces as `os.networkInterfaces()` tells them
 */
export function networkAddresses(
  host: string,
  port: number,
  interfaces: ReturnType<typeof networkInterfaces>,
): readonly string[] {
  if (isLoopback(host)) return []
  const isEverywhere = host === '0.0.0.0' || host === '::'
  const own = Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)
  const reached = isEverywhere ? own : [host]
  return reached.map((address) => `http://${address.includes(':') ? `[${address}]` : address}:${port}`)
}

/** Modules of white around a code, as its standard (ISO/IEC 18004) asks for. */
const QUIET = 2

/** A QR code as lines of half blocks, two modules a character, dark on light whatever the terminal's colours are. */
export function codeLines(text: string): readonly string[] {
  const code = qrcode(0, 'M') // the smallest that holds the text
  code.addData(text)
  code.make()
  const size = code.getModuleCount()
  const isDark = (row: number, column: number): boolean =>
    row >= 0 && row < size && column >= 0 && column < size && code.isDark(row, column)
  const lines: string[] = []
  for (let row = -QUIET; row < size + QUIET; row += 2) {
    let line = ''
    for (let column = -QUIET; column < size + QUIET; column++) {
      const [upper, lower] = [isDark(row, column), isDark(row + 1, column)]
      line += upper ? (lower ? ' ' : '▄') : lower ? '▀' : '█'
    }
    lines.push(line)
  }
  return lines
}
