import type { Call, Command } from './call.ts';

async function verify({ admin, options, rest, say }: Call): Promise<void> {
  const found = await admin.verifyDraw({ drawId: rest[0] ?? '' });
  const agrees = found.hashAgrees && found.drawAgrees !== false;
  say(
    options.json
      ? JSON.stringify(found, null, 2)
      : [
          `Draw of ${found.day}, ${found.unitPath}: ${found.drawn} of ${found.candidates} merchants.`,
          `Drawn by ${found.preparedBy}, witness ${found.witness ?? 'none yet'}, seed ${found.seed}.`,
          `Candidates ${found.candidatesHash}: ${found.hashAgrees ? 'the hash agrees' : 'THE HASH DIFFERS'}.`,
          found.drawAgrees === null
            ? 'Nobody has drawn yet.'
            : `The list ${found.drawAgrees ? 'comes out again' : 'DOES NOT COME OUT AGAIN'}.`,
        ].join('\n'),
  );
  if (!agrees) throw new Error('The draw does not follow from its facts');
}

/** Draws of merchants to be inspected. */
export const inspectionCommands: Readonly<Record<string, Command>> = {
  'draw verify': {
    usage: 'draw verify ID',
    about: 'works a draw out anew from its facts, and fails where it is another',
    least: 1,
    most: 1,
    run: verify,
  },
};
