import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse } from '@nestjs/swagger';
import type { QuestionCommand, QuestionEvent } from '#domain/question/question.js';
import { viewRoles } from '#domain/permissions.js';
import { roleThatAllows } from '#domain/roles.js';
import { answersOf, questionsAsked } from '#read-models/questions.js';
import { Change } from '../change.js';
import { Made } from '../http/answers.js';
import { By, newId, type Request } from '../http/by.js';
import { Text } from '../http/fields.js';
import { Problem } from '../http/problem.js';
import { Act, Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import { visibleCall } from './visible.js';

export class ChangeQuestion extends Change<QuestionCommand, QuestionEvent> {}

class QuestionBody {
  @Text(5, 5000) text!: string;
}

class AnswerBody {
  /** The question as you publish it: without the names of people. */
  @Text(5, 5000) question!: string;
  @Text(2, 20_000) answer!: string;
}

class AnswerCorrectionBody extends AnswerBody {
  @Text(10, 5000) reason!: string;
}

class PublishedAnswer {
  id!: string;
  question!: string;
  answer!: string;
  answeredAt!: string;
  correctedAt!: string | null;
}

class PublishedAnswers {
  items!: PublishedAnswer[];
}

class AskedQuestion {
  id!: string;
  askedAt!: string;
  /** Null once the person who asked is forgotten. */
  text!: string | null;
  answeredAt!: string | null;
}

class AskedQuestions {
  items!: AskedQuestion[];
}

@Area('Questions')
@Controller()
export class QuestionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('calls/:id/ask-question')
  @Act('AskQuestion', 'Ask a question on a published call; the answer goes to everybody')
  @ApiCreatedResponse({ type: Made })
  async ask(@Param('id') call: string, @Body() body: QuestionBody, @By() by: Request): Promise<Made> {
    const { id } = await this.commands.execute(
      new ChangeQuestion(newId(by, 'question'), { type: 'AskQuestion', call, ...body }, by),
    );
    return { id };
  }

  @Post('questions/:id/answer')
  @HttpCode(204)
  @Act('AnswerQuestion', 'Answer a question, to everybody')
  async answer(@Param('id') id: string, @Body() body: AnswerBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeQuestion(id, { type: 'AnswerQuestion', ...body }, by));
  }

  @Post('questions/:id/correct-answer')
  @HttpCode(204)
  @Act('CorrectAnswer', 'Correct an answer, with a reason')
  async correct(@Param('id') id: string, @Body() body: AnswerCorrectionBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeQuestion(id, { type: 'CorrectAnswer', ...body }, by));
  }

  @Get('calls/:id/questions')
  @View('Questions', 'Questions and answers, as everybody reads them')
  @Answer(PublishedAnswers)
  published(@Param('id') id: string, @By() by: Request): Promise<PublishedAnswers> {
    return this.queries.execute(
      new Look(by, (views) => {
        visibleCall(views, id, by);
        return { items: answersOf(views, id) };
      }),
    );
  }

  @Get('calls/:id/questions-asked')
  @View('QuestionsAsked', 'Questions as they were asked, for those who answer')
  @Answer(AskedQuestions)
  asked(@Param('id') id: string, @By() by: Request): Promise<AskedQuestions> {
    return this.queries.execute(
      new Look(by, (views) => {
        const { row } = visibleCall(views, id, by);
        if (!roleThatAllows(viewRoles.QuestionsAsked, by, { institutions: row.call.heading.leads })) {
          throw new Problem(403, 'NotAllowed', 'Seules les autorités pilotes lisent les questions telles que posées.');
        }
        return { items: questionsAsked(views, id) };
      }),
    );
  }
}
