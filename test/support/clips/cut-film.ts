import { join } from 'node:path'
import { root } from '../../../scripts/lib/paths.mjs'
import { ffmpeg } from '../processes/tools.ts'

const sample = join(root, 'resources', 'sample', 'clip.mp4')

/** Five scenes of the sample's dancer: as it is, close by, frozen, black, and negative; over a beat. */
const scenes = [
  '[0:v]trim=0:5.6,setpts=PTS-STARTPTS,setsar=1[one]',
  '[0:v]trim=1:4.5,setpts=PTS-STARTPTS,hflip,crop=iw/2:ih/2,scale=720:1280,hue=h=120,setsar=1[two]',
  '[0:v]trim=0:0.04,loop=50:1:0,setpts=N/30/TB,setsar=1[three]',
  'color=black:s=720x1280:r=30:d=0.8,setsar=1[four]',
  '[0:v]trim=2:6,setpts=PTS-STARTPTS,negate,setsar=1[five]',
  '[one][two][three][four][five]concat=n=5:v=1:a=0,fps=30,format=yuv420p[film]',
].join(';')

const beat = "aevalsrc='0.7*sin(220*2*PI*t)*exp(-4*mod(t,0.5))*(0.5+0.5*sin(t))':s=48000:d=30"

/** A film of about fifteen seconds with cuts, stillness and darkness, to look at a timeline with. */
export async function cutFilm(folder: string): Promise<string> {
  const path = join(folder, 'rehearsal.mp4')
  await ffmpeg(
    ...['-i', `file:${sample}`, '-f', 'lavfi', '-i', beat, '-filter_complex', scenes],
    ...['-map', '[film]', '-map', '1:a', '-shortest', '-c:v', 'libx264', '-preset', 'veryfast'],
    ...['-g', '30', '-c:a', 'aac', '-y', `file:${path}`],
  )
  return path
}
