import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

const require = createRequire(import.meta.url)

const FONTS = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'] as const

/** The folder all paths are relative to. It does not exist: a template can read no file of this machine. */
const NOWHERE = '/giay-to'

let compiler: NodeCompiler | undefined

/** The Typst compiler of this process with the fonts of paper (Tinos: the metrics of Times New Roman), made once. */
export function paperCompiler(): NodeCompiler {
  compiler ??= NodeCompiler.create({
    workspace: NOWHERE,
    fontArgs: [{ fontBlobs: FONTS.map(fontFile) }],
  })
  return compiler
}

function fontFile(face: string): Buffer {
  return readFileSync(require.resolve(`@expo-google-fonts/tinos/${face}/Tinos_${face}.ttf`))
}
