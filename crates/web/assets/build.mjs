// Builds dist/: one style sheet, one script, our type and its TrueType twin for pictures.
// The style sheet is refused if it names any other host.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const dist = join(here, 'dist')
const fonts = join(here, 'node_modules', 'source-sans')

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist, { recursive: true })

const { css } = compile(join(here, 'src', 'app.scss'), {
  style: 'compressed',
  loadPaths: [join(here, 'node_modules')],
  quietDeps: true,
  silenceDeprecations: ['import']
})
const hosts = (css.match(/https?:\/\/[^"')\s]+/g) ?? []).filter((url) => !url.startsWith('http://www.w3.org/'))
if (hosts.length > 0) throw new Error(`the style sheet names other hosts: ${hosts.join(', ')}`)
if (/frutiger/i.test(css)) throw new Error('the style sheet names a typeface that is not ours to use')
if (!css.includes('font-family:"Source Sans 3"')) throw new Error('the style sheet does not set our typeface')

writeFileSync(join(dist, 'app.css'), css)
cpSync(join(here, 'src', 'app.js'), join(dist, 'app.js'))
cpSync(join(here, 'src', 'mark.svg'), join(dist, 'mark.svg'))
const images = join(here, 'node_modules', 'nhsuk-frontend', 'dist', 'nhsuk', 'assets', 'images')
for (const [, name] of css.matchAll(/url\(["']?\/assets\/([\w-]+\.svg)/g)) cpSync(join(images, name), join(dist, name))
for (const weight of ['Regular', 'Semibold']) {
  cpSync(join(fonts, 'WOFF2', 'TTF', `SourceSans3-${weight}.ttf.woff2`), join(dist, `SourceSans3-${weight}.woff2`))
  cpSync(join(fonts, 'TTF', `SourceSans3-${weight}.ttf`), join(dist, `SourceSans3-${weight}.ttf`))
}
writeFileSync(join(dist, 'licences.txt'), [
  'Source Sans 3, SIL Open Font License 1.1:\n',
  readFileSync(join(fonts, 'LICENSE.md'), 'utf8'),
  '\nnhsuk-frontend, MIT licence, Crown copyright (NHS England).\n'
].join('\n'))
