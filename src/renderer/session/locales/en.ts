import type zh from './zh-CN.ts';

export default {
  title: 'Heshi',
  subtitle: 'Workstation of a consumer dispute point',
  enrol: {
    title: 'Enrol this workstation',
    text: "Ask the administrator for the centre's address and a one-time code. It is done once; afterwards work goes on without a network.",
    centreUrl: 'Centre address',
    code: 'Enrolment code',
    deviceName: 'Name of this workstation',
    submit: 'Enrol',
    waiting: "Enrolled; fetching your unit's people and merchants…",
    waitingText: 'Sign-in opens by itself when that is done. If nothing happens for long, check the network.',
  },
  recover: {
    offer: 'Nobody gets in here?',
    title: 'Open with an enrolment code',
    text: 'When everybody who worked here has gone, or has forgotten their password: ask an administrator for an enrolment code of this unit and type it here. The other half of the key, which the centre keeps, opens what is stored here; then sign in with an account as it is now. This needs the network.',
    submit: 'Open and bring up to date',
    done: 'Open, and up to date with the centre. Please sign in.',
  },
  signIn: {
    sealing:
      'No keyring of the system guards this computer: what is kept here is protected by passwords alone, so use long ones.',
    title: 'Sign in',
    person: 'Name',
    password: 'Password',
    pin: 'PIN',
    byPassword: 'Use the password',
    byPin: 'Use the PIN',
    submit: 'Sign in',
    unit: 'This workstation',
  },
  wait: {
    title: 'Wrong too often; please wait',
    text: '{{time}} to go. If the password is forgotten, an administrator can set another.',
  },
  lock: {
    title: 'Locked',
    by: {
      asked: '{{name}} has locked this window.',
      idle: 'Nobody did anything in the window of {{name}} for a while, so it locked itself.',
      system: 'The window of {{name}} was locked as the computer slept or its screen was locked.',
      restart: 'Heshi was restarted; please sign in again.',
    },
    kept: ' What was typed is still there.',
    shift: 'Change shift',
    shiftText:
      'Choose who takes over. The drafts of {{name}} stay theirs and come back at their next sign-in.',
    unlock: 'Unlock',
  },
  ended: {
    title: '{{name}} was signed out',
    dismissed: 'An administrator has closed this account.',
    moved: 'This account has moved to another unit; sign in at a workstation there.',
    role: 'The role or name of this account has changed; please sign in again.',
    password: 'The password of this account has changed; sign in with the new one.',
    drafts: 'Drafts kept here, which only their writer sees: {{count}}.',
    noDrafts: 'What was saved is not affected.',
  },
  expired: {
    title: 'The centre has not been reached for {{days}} days',
    text: 'After {{most}} days nobody is signed in, so that nobody who has left goes on working. Connect the network: once the centre is reached you can sign in. Everything recorded here is still here.',
    soon: 'The centre has not been reached for {{days}} days; after {{most}} nobody can sign in. Please connect the network soon.',
  },
  revoked: {
    title: 'This workstation has been revoked: it can be read, and records nothing',
    text: 'Not sent yet, and kept here: {{count}}.',
    textNone: 'Everything recorded here has been sent.',
    again:
      'To go on working, ask an administrator for a code and enrol again under "Sync state"; what was not sent is carried over.',
    export: 'Export what was not sent',
    exportText:
      'The file holds every record that was not sent, with names, telephones and the like, sealed under the passphrase below. Hand the file to an administrator, and tell the passphrase apart from it; without it nobody can open the file. The export is kept on record.',
    passphrase: 'Passphrase (at least 12 characters)',
    repeat: 'Passphrase again',
    differs: 'The two entries of the passphrase differ',
    save: 'Export',
    done: 'Exported: {{count}}',
  },
  account: {
    title: 'My account',
    password: 'Change the password',
    passwordText:
      'The new password reaches your other workstations with the next sync; sessions elsewhere end then.',
    old: 'Old password',
    next: 'New password',
    again: 'New password again',
    change: 'Change the password',
    changed: 'The password is changed',
    pin: 'PIN for quick unlocking',
    pinText:
      'Four to eight figures, for this workstation only. It stands for the password after a lock or a change of shift; after a restart, a sign-out, a working day or five wrong tries the password is needed.',
    pinSet: 'A PIN is set',
    pinNone: 'No PIN is set',
    setPin: 'Set the PIN',
    removePin: 'Remove the PIN',
    pinDone: 'The PIN is set',
    pinRemoved: 'The PIN is removed',
    current: 'Current password',
    newPin: 'New PIN',
  },
} satisfies typeof zh;
