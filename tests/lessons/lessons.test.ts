import { describe, expect, it } from 'vitest';
import { firstLesson, type Lesson, met, progress, type Situation } from '../../lib/lesson';
import type { MachineState } from '../../lib/machine';
import { Sitter } from '../support/sitter';

const lessons: readonly Lesson[] = [firstLesson];
const image = 'class:1.0';

/** A student's computer with the class's image in it: busybox and a message of the day, committed and tagged. */
async function classroomComputer(): Promise<{ sitter: Sitter; imageId: string }> {
  const sitter = new Sitter();
  await sitter.open();
  await sitter.types('docker run --name maker busybox sh -c "echo welcome > /etc/motd"');
  await sitter.types(`docker commit maker ${image}; docker rm maker; docker rmi busybox`);
  const imageId = [...sitter.machine.state.engine.images.tags.values()][0]!;
  return { sitter, imageId };
}

function situation(state: MachineState, imageId: string): Situation {
  return { engine: state.engine, imageIds: new Set([imageId]) };
}

describe.each(lessons)('the lesson $id', (lesson) => {
  it('has every word in every language', () => {
    const words = lesson.steps.flatMap(({ title, text, analogy, round }) => [
      title,
      text,
      ...(analogy ? [analogy] : []),
      ...(round ? [round.question, ...round.options.map((option) => option.text)] : []),
    ]);
    for (const { en, es } of [lesson.title, ...words]) {
      expect(en.trim()).not.toBe('');
      expect(es.trim()).not.toBe('');
      expect(es).not.toBe(en);
    }
  });

  it('asks questions whose answer is among the options', () => {
    for (const { round } of lesson.steps) if (round) expect(round.options.map(({ id }) => id)).toContain(round.answer);
  });

  it('is solved by its own solution: each goal false before its step, true after it', async () => {
    const { sitter, imageId } = await classroomComputer();
    let done = 0;
    for (const step of lesson.steps) {
      const now = () => situation(sitter.machine.state, imageId);
      expect(met(step.goal, now()), `${step.id}, before`).toBe(false);
      for (const line of step.solution) await sitter.types(line.replaceAll('IMAGE', image));
      expect(met(step.goal, now()), `${step.id}, after\n${sitter.screen.slice(-600)}`).toBe(true);
      done = progress(lesson, done, now());
    }
    expect(done).toBe(lesson.steps.length);
    sitter.machine.stop();
  });

  it('is not met by somebody who does nothing', async () => {
    const { sitter, imageId } = await classroomComputer();
    expect(progress(lesson, 0, situation(sitter.machine.state, imageId))).toBe(0);
    sitter.machine.stop();
  });
});
