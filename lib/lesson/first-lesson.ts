import type { Lesson } from './lesson';

/**
 * The first lesson: an image never changes. Its facts and its three analogies (class and object, film and player, program and
 * process) are those of the article "Docker Image vs Container"; the order of the beliefs is docs/lessons.md's.
 */
export const firstLesson: Lesson = {
  id: 'an-image-never-changes',
  title: { en: 'An image never changes', es: 'Una imagen nunca cambia' },
  steps: [
    {
      id: 'look',
      misconceptions: ['M0'],
      title: { en: 'One image, your container', es: 'Una imagen, tu contenedor' },
      text: {
        en: 'Your teacher published one container image, IMAGE. It is a finished recipe: it does not run. `docker run` makes a container from it: your own writable layer on top, and a program in it. Make one, and call it web.',
        es: 'Tu profesor publicó una imagen de contenedor, IMAGE. Es una receta terminada: no se ejecuta. `docker run` crea un contenedor a partir de ella: tu propia capa de escritura encima, y un programa dentro. Crea uno y llámalo web.',
      },
      round: {
        question: {
          en: 'When everybody has run it: how many images are there in this room?',
          es: 'Cuando todos lo hayan ejecutado: ¿cuántas imágenes hay en esta sala?',
        },
        options: [
          { id: 'one', text: { en: 'One, the same for all', es: 'Una, la misma para todos' } },
          { id: 'each', text: { en: 'One for each of us', es: 'Una para cada uno' } },
          { id: 'none', text: { en: 'None: they became containers', es: 'Ninguna: se volvieron contenedores' } },
        ],
        answer: 'one',
      },
      goal: { kind: 'container', name: 'web', state: 'running' },
      solution: ['docker images', 'docker run -it --name web IMAGE sh'],
      analogy: {
        en: 'A class and its objects: one class, as many objects as you like. Where it breaks: an object is made from the class in memory; a container still reads the image’s files, through its own layer.',
        es: 'Una clase y sus objetos: una clase, tantos objetos como quieras. Dónde falla: un objeto se crea en memoria; un contenedor sigue leyendo los archivos de la imagen, a través de su propia capa.',
      },
    },
    {
      id: 'write',
      misconceptions: ['M1'],
      title: { en: 'Write on your layer', es: 'Escribe en tu capa' },
      text: {
        en: 'Inside web, write your name over a file that the image has: `echo ana > /etc/motd`. Watch your sheet: the file is copied up first, and the image below stays as it was.',
        es: 'Dentro de web, escribe tu nombre sobre un archivo de la imagen: `echo ana > /etc/motd`. Mira tu hoja: primero se copia el archivo hacia arriba, y la imagen de abajo queda como estaba.',
      },
      round: {
        question: {
          en: 'You overwrite /etc/motd. Will your neighbour see it?',
          es: 'Sobrescribes /etc/motd. ¿Lo verá tu compañero?',
        },
        options: [
          { id: 'no', text: { en: 'No, only I do', es: 'No, solo yo' } },
          { id: 'all', text: { en: 'Yes: the image changed', es: 'Sí: la imagen cambió' } },
          { id: 'later', text: { en: 'Yes, if they run again', es: 'Sí, si vuelve a ejecutar' } },
        ],
        answer: 'no',
      },
      goal: { kind: 'container', changes: [{ kind: 'changed', path: '/etc/motd' }] },
      solution: ['echo ana > /etc/motd'],
    },
    {
      id: 'stop',
      misconceptions: ['M3'],
      title: { en: 'Leave it', es: 'Sal de él' },
      text: {
        en: 'Type `exit`. The program ends, so the container stops. Look with `docker ps`, then with `docker ps -a`, then `docker diff web`: the writable layer is still there.',
        es: 'Escribe `exit`. El programa termina, así que el contenedor se detiene. Mira con `docker ps`, luego con `docker ps -a`, luego `docker diff web`: la capa de escritura sigue ahí.',
      },
      goal: { kind: 'container', state: 'exited', changes: [{ path: '/etc/motd' }] },
      solution: ['exit', 'docker ps -a', 'docker diff web'],
    },
    {
      id: 'start',
      misconceptions: ['M3', 'M2'],
      title: { en: 'Start it again', es: 'Vuelve a arrancarlo' },
      text: {
        en: 'Start the same container again: `docker start -ai web`, and read the file.',
        es: 'Arranca el mismo contenedor: `docker start -ai web`, y lee el archivo.',
      },
      round: {
        question: {
          en: 'After stop and start, what does /etc/motd say?',
          es: 'Tras parar y arrancar, ¿qué dice /etc/motd?',
        },
        options: [
          { id: 'mine', text: { en: 'What I wrote', es: 'Lo que escribí' } },
          { id: 'image', text: { en: 'What the image says', es: 'Lo que dice la imagen' } },
          { id: 'gone', text: { en: 'It is gone', es: 'Ya no está' } },
        ],
        answer: 'mine',
      },
      goal: { kind: 'container', state: 'running', changes: [{ path: '/etc/motd' }] },
      solution: ['docker start -ai web', 'cat /etc/motd'],
      analogy: {
        en: 'A film and its player: stopping the player does not wipe your notes on the sheet over the screen. Where it breaks: there can be many players on one film at once.',
        es: 'Una película y su reproductor: parar el reproductor no borra tus notas en la hoja sobre la pantalla. Dónde falla: puede haber muchos reproductores a la vez para una sola película.',
      },
    },
    {
      id: 'second',
      misconceptions: ['M2', 'M10'],
      title: { en: 'Run, a second time', es: 'Ejecuta otra vez' },
      text: {
        en: 'Leave, and `docker run` the image again, with another name. Is your file there? `docker run` always makes a new container with an empty layer; `docker start` goes back to an old one.',
        es: 'Sal, y ejecuta la imagen otra vez con `docker run` y otro nombre. ¿Está tu archivo? `docker run` siempre crea un contenedor nuevo con una capa vacía; `docker start` vuelve a uno anterior.',
      },
      goal: { kind: 'container', count: 2 },
      solution: ['exit', 'docker run -it --name web2 IMAGE sh', 'cat /etc/motd', 'exit'],
      analogy: {
        en: 'A program and its processes: start it twice, and there are two, each with its own memory. Where it breaks: a process that ended is gone; a stopped container keeps its layer.',
        es: 'Un programa y sus procesos: si lo inicias dos veces hay dos, cada uno con su memoria. Dónde falla: un proceso terminado desaparece; un contenedor detenido conserva su capa.',
      },
    },
    {
      id: 'commit',
      misconceptions: ['M5'],
      title: { en: 'Keep a layer as an image', es: 'Guarda una capa como imagen' },
      text: {
        en: 'Make a new image of your first container: `docker commit web mine:1`. Compare `docker images`: the class image has the same id as before.',
        es: 'Crea una imagen nueva a partir de tu primer contenedor: `docker commit web mine:1`. Compara `docker images`: la imagen de la clase tiene el mismo identificador que antes.',
      },
      round: {
        question: {
          en: 'You commit your container. What happens to the class image?',
          es: 'Haces commit de tu contenedor. ¿Qué le pasa a la imagen de la clase?',
        },
        options: [
          {
            id: 'nothing',
            text: { en: 'Nothing: a new image stands beside it', es: 'Nada: hay una imagen nueva a su lado' },
          },
          { id: 'updated', text: { en: 'It has my changes now', es: 'Ahora tiene mis cambios' } },
        ],
        answer: 'nothing',
      },
      goal: { kind: 'committed' },
      solution: ['docker commit web mine:1', 'docker images'],
    },
    {
      id: 'remove',
      misconceptions: ['M4'],
      title: { en: 'Throw the layers away', es: 'Tira las capas' },
      text: {
        en: 'Remove both containers: `docker rm web web2`. Their layers go with them. Then `docker images`: the image is untouched, and the whole class still stands on it.',
        es: 'Elimina los dos contenedores: `docker rm web web2`. Sus capas se van con ellos. Luego `docker images`: la imagen está intacta, y toda la clase sigue sobre ella.',
      },
      round: {
        question: { en: 'You remove your containers. What is left?', es: 'Eliminas tus contenedores. ¿Qué queda?' },
        options: [
          { id: 'image', text: { en: 'The image, as it was', es: 'La imagen, como estaba' } },
          { id: 'nothing', text: { en: 'Nothing', es: 'Nada' } },
          { id: 'files', text: { en: 'The image with my files', es: 'La imagen con mis archivos' } },
        ],
        answer: 'image',
      },
      goal: { kind: 'not', of: { kind: 'container' } },
      solution: ['docker rm web web2', 'docker images'],
    },
  ],
};
