import type { FailureCode } from './failure';

/**
 * Every refusal that a person of a classroom can meet, closed: its code and its English sentence. `{place}` is filled from the
 * Failure's detail. English is what logs and old pages show; other languages say the same by the id (lib/words).
 * Docker's own sentences are not here: they stay as Docker prints them.
 */
export const refusals = {
  'code.malformed': [
    'invalid',
    'A class code has {length} letters and digits, like K7P 4QX. Check it with your teacher.',
  ],
  'class.isOpen': ['conflict', 'This class is open already.'],
  'class.none': ['not-found', 'There is no class with this code. Check it with your teacher.'],
  'class.ended': ['conflict', 'This class has ended. Ask your teacher for the code of the next one.'],
  'class.locked': ['conflict', 'The class is locked: nobody new can join now. Ask your teacher to open it.'],
  'class.full': ['exhausted', 'The class is full: it has room for {most}. Ask your teacher.'],
  'class.busy': ['unavailable', 'The class is too busy just now. Try again.'],
  'class.noCode': ['unavailable', 'No free class code was found. Try again.'],

  'name.empty': ['invalid', 'Type a name first: your class sees it beside your sheet.'],
  'name.long': ['invalid', 'That name is too long: use at most {most} characters.'],
  'name.taken': ['conflict', 'Somebody here is called {name} already. How about “{offer}”?'],
  'title.empty': ['invalid', 'Give the class a title.'],
  'title.long': ['invalid', 'That title is too long: use at most {most} characters.'],
  'note.empty': ['invalid', 'Write something first.'],
  'note.long': ['invalid', 'That note is too long: use at most {most} characters.'],

  'seat.gone': ['not-found', 'This seat is not in the class any more.'],
  'seat.joinAgain': ['not-found', 'This seat is not in the class any more. Join again with the code.'],
  'seat.removed': ['forbidden', 'Your teacher has taken this seat out of the class. You can join again with the code.'],
  'seat.unsaid': ['invalid', 'Say which seat is meant.'],
  'seat.already': ['conflict', 'You have a seat in this class already.'],
  'link.revoked': ['forbidden', 'This link is not valid any more. Ask for a new one.'],
  'right.none': ['forbidden', 'This is not yours to do here.'],
  'compare.closed': ['forbidden', 'Your teacher has not opened comparisons for this class.'],
  'look.none': ['conflict', 'Nobody asks to look at this terminal now.'],
  'round.none': ['conflict', 'No question is open now.'],
  'round.revealed': ['conflict', 'The answers are shown already.'],
  'round.locked': ['conflict', 'Your answer is locked already.'],

  'terminal.none': ['not-found', 'That terminal is not open.'],
  'terminal.frozen': ['conflict', 'Your teacher has paused the terminals for a moment.'],
  'editor.none': ['not-found', 'No file is open in an editor there.'],
  'editor.unwritten': ['conflict', '{path} could not be written: {why}. Your text is still in the editor.'],
  'earlier.gone': ['not-found', 'This cannot be looked back at any more.'],
  'earlier.unread': ['unavailable', 'What was stored before cannot be read just now. Try again.'],
  'undo.nothing': ['conflict', 'There is nothing to undo.'],
  'file.path': ['invalid', '"{path}" is not a path to put a file at.'],
  'machine.none': ['not-found', 'There is no such computer in this class.'],
  'machine.restarting': ['unavailable', 'This computer is being started again.'],
  'store.failed': ['unavailable', 'This could not be stored just now. Try again.'],
  'machine.unreachable': ['unavailable', 'This computer cannot be reached just now. Try again.'],

  'build.none': ['unsupported', 'This computer has no builder.'],
  'build.path': ['invalid', '"{path}" leads out of the context: use a path below it.'],
  'image.name': ['invalid', '"{reference}" is not a name for an image: use one like motd:1.0.'],
  'image.unbuilt': ['not-found', 'Your computer has no image {reference}. Build it first.'],
  'image.unpublished': ['not-found', 'This class has not published such an image.'],
  'image.large': [
    'exhausted',
    'This image has {megabytes} MB. Every browser of the class fetches it, so it may have {most} MB.',
  ],
  'image.none': ['not-found', 'Nothing here has this id.'],
  'container.gone': ['not-found', 'This container is not there any more.'],
  'content.none': ['not-found', 'Nothing here has this digest.'],
  'content.large': ['exhausted', 'This is too long for one message. Fetch it over HTTP.'],

  'archive.none': ['invalid', 'There is no image in this archive.'],
  'archive.busy': ['unavailable', 'Other archives are being read just now. Try again in a moment.'],
  'archive.large': ['exhausted', 'An archive may have {most} MB here.'],
  'archive.unpacked': ['exhausted', 'The layers of this archive come to more than {most} MB.'],
  'archive.other': ['corrupt', 'the archive has neither manifest.json nor index.json: it is no image archive'],
  'archive.old': ['unsupported', 'the archive is of the form that Docker wrote before version 1.10, which is not read'],
  'archive.foreign': ['unsupported', 'layer {digest} is a foreign layer: its bytes are kept elsewhere'],
  'archive.lacks': ['corrupt', 'the archive names "{path}" but does not have it'],
  'archive.digest': ['corrupt', '"{path}" has the digest {found}, not {digest}'],
  'archive.damaged': ['invalid', 'This archive cannot be used: {why}'],
  'take.ended': ['forbidden', 'This link has ended. Ask for a new one in the class.'],

  'page.none': ['not-found', 'No page has this address.'],
  'page.alone': ['forbidden', 'This page is shown on its owner’s desk, and only there.'],
  'page.old': ['forbidden', 'This page was open for a long time. Load it again from the desk.'],
  'page.closed': ['forbidden', 'This page is not open to you any more.'],
  'page.method': ['invalid', 'Pages are not asked with {method} here.'],
  'page.elsewhere': ['forbidden', 'This page leads elsewhere ({location}), where the frame does not go.'],
  'page.body': ['exhausted', 'That is too much to send to a page here: at most 1 MiB.'],
  'page.often': ['exhausted', 'This page asks for too much at once. Wait a moment.'],
  'page.silent': [
    'unavailable',
    'Nothing answers on port {port} of this computer. Is the container running, with -p {port}:…?',
  ],
  'page.slow': ['unavailable', 'What listens on port {port} has not answered in {seconds} seconds.'],
  'page.large': ['exhausted', 'That page is too large to be shown here.'],
  'page.notHttp': ['unavailable', 'What answered there does not speak HTTP.'],

  'request.unknown': ['invalid', 'This server does not know this request.'],
  'request.malformed': ['invalid', 'This request is not as it should be.'],
  'request.field': ['invalid', '“{field}” is not as it should be.'],
  'request.long': ['exhausted', 'This request is too long.'],
  'request.often': ['unavailable', 'That was too much at once. It goes on in a moment.'],
  'address.none': ['not-found', 'There is nothing at this address.'],
  'server.wrong': ['internal', 'Something went wrong here, not with you. It has been written down; try again.'],
  'server.silent': ['unavailable', 'The server did not answer. Try again in a moment.'],
  'server.strange': ['internal', 'The server answered something that this page does not understand.'],
} as const satisfies Readonly<Record<string, readonly [FailureCode, string]>>;

export type RefusalId = keyof typeof refusals;
