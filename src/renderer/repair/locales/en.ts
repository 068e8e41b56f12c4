import type zh from './zh-CN.ts';

const words: typeof zh = {
  fault: {
    corrupt: {
      title: 'The database of this computer is damaged',
      text: 'Some of it cannot be read: the disk failed, the power was cut, or another program changed it. No file is changed before you repair it.',
    },
    'not-a-database': {
      title: 'The database file of this computer cannot be used any more',
      text: 'Its beginning was overwritten, or something else stands in its place. No file is changed before you repair it.',
    },
    missing: {
      title: 'The database file of this computer is gone',
      text: 'The data folder had a database, and now it has none or an empty one. It may have been deleted or moved: if you find it, put it back and open again.',
    },
    newer: {
      title: 'The database was written by a newer release',
      text: 'The Heshi on this computer is older and cannot open it. Nothing is damaged. Install the release that wrote it, or a newer one, and open again.',
    },
    full: {
      title: 'The disk is full',
      text: 'Without room the database does not open. Nothing that was saved is lost. Free some space and open again.',
    },
    io: {
      title: 'The disk cannot be read or written',
      text: 'No file was changed. Check the disk and its connection and open again; if this returns, tell your administrator.',
    },
    denied: {
      title: 'The data folder may not be written',
      text: 'Nothing that was saved is lost. Ask your administrator to restore the right to write the folder and open again.',
    },
    busy: {
      title: 'Another program holds the database',
      text: 'Nothing that was saved is lost. Close the program that holds it (a backup, a virus scanner, a database tool) and open again.',
    },
    'key-lost': {
      title: 'The key of this computer is lost',
      text: "The key file that opens the data of this computer is gone or another computer's, so that nothing can be opened; no file was changed. If you find the old one (host.key), put it back into the data folder and open again. Otherwise the computer has to be enrolled again: what the centre has received comes back, what was not sent cannot be opened.",
    },
    other: {
      title: 'Heshi cannot open the data of this computer',
      text: 'Something unexpected failed. No file was changed. Open again; if this returns, repair it below and tell your administrator the details.',
    },
  },
  safe: {
    title: 'Which records are there',
    here: 'Readable here',
    unsent: 'Of these only here',
    atCentre: 'Of these at the centre',
    nothing: 'No record can be read from the database here. What the centre has received is not affected.',
    inCopy: 'The last copy holds {{facts}} records.',
  },
  ways: {
    title: 'What you can do',
    kept: 'Every way sets the damaged file aside; nothing is deleted.',
    best: 'Suggested',
    facts: {
      title: 'Repair from the records that can be read',
      text: 'A new database with the {{facts}} records that can be read, in their order. What cannot be read is asked of the centre.',
      do: 'Repair',
    },
    copy: {
      title: 'Restore the nightly copy',
      text: 'Made {{at}}, with {{facts}} records. What came after is taken from what can be read and from the centre.',
      do: 'Restore',
    },
    centre: {
      title: 'Fetch everything from the centre again',
      text: "All of this unit's records come from the centre, which has to be reached.",
      do: 'Fetch',
    },
    anew: {
      title: 'Set aside and enrol again',
      text: 'The damaged file is set aside, this computer is enrolled with a code again, and the records come from the centre. Unsent records stay in the file set aside and do not come along.',
      do: 'Enrol again',
    },
    'read-only': {
      title: 'Only look',
      text: 'Opens the {{facts}} records that can be read; nothing can be recorded. You can come back here at any time.',
      do: 'Open to look',
    },
    along: 'Records not sent yet come along: {{unsent}}.',
    anewConfirm: 'This computer will be as before its enrolment, and needs a code from your administrator.',
    cancel: 'Cancel',
  },
  work: {
    reading: 'Reading records',
    centre: 'Comparing with the centre',
    folding: 'Putting records together again',
    checking: 'Checking the new database',
    count: '{{done}} of {{total}}',
  },
  result: {
    title: 'Repaired',
    readyAnew: 'The damaged file is set aside',
    facts: 'Records',
    unsent: 'To be sent',
    fromCentre: 'From the centre',
    lost: 'Lost',
    lostNone: 'No record was lost',
    lostSome: 'Unsent records that are nowhere to be found: {{count}}',
    lostUnknown:
      'The centre was not reached, so it is not known yet whether records are lost; they are fetched once it is',
    keptAs: 'The damaged file is kept in',
    open: 'Open Heshi',
  },
  failed: {
    title: 'The repair did not succeed',
    text: 'The files are as they were. Try again, or choose another way.',
  },
  again: 'Open again',
  stillNot: 'It still does not open.',
  details: 'Details for the administrator',
  folder: 'Data folder',
  error: 'Error',
  reading: {
    banner:
      'Only to look: this is what could be read of the damaged database. Nothing can be recorded, and nothing is exchanged with the centre.',
    back: 'Back to the repair',
  },
  copies: {
    title: 'Copies of the data',
    text: 'A copy is made by itself every day, verified, and the last three are kept. Copies are encrypted as the database is.',
    nightly: 'On this computer',
    none: 'None yet',
    facts: '{{count}} records',
    now: 'Make one now',
    stick: 'On a stick',
    stickNone: 'None made yet',
    stickLast: '{{folder}}, {{facts}} records',
    folder: 'Folder',
    folderHint: 'Such as /media/usb or E:\\',
    save: 'Copy and verify',
    done: 'Copied and verified: {{count}} records',
    restore:
      'To restore one, put it and the files named like it into copies in the data folder, and open Heshi.',
  },
};
export default words;
