import type { Octets } from '../octets.ts';
import type { Finding } from '../config/finding.ts';

/** What is wrong with a file of bounce templates, or with what it stands for. @see bounce(5) */
export function toTemplateFinding(file: string, severity: 'fatal' | 'warning', problem: Octets): Finding {
  return {
    severity: severity === 'fatal' ? 'error' : 'warning',
    code: 'bounce-template',
    at: { file },
    problem,
    why: severity === 'fatal' ? 'No notification can be sent.' : 'The notification may not say what was meant.',
    hint: 'write failure_template = <<EOF, the headers, an empty line, the text, and EOF, as bounce(5) has it',
    postfixLine: `${severity}: ${problem}`,
  };
}
