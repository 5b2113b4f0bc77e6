import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { By, type Request } from '../http/by.js';
import { ADay } from '../http/fields.js';
import { Act, Area } from '../http/route.js';
import { ChangeApplication } from './change-application.js';

class ConfirmDatesBody {
  /** Not before the day of the decision. */
  @ADay() startsOn!: string;
  @ADay() endsOn!: string;
}

@Area('Applications')
@Controller('applications/:id')
export class DatesController {
  constructor(private readonly commands: CommandBus) {}

  @Post('confirm-dates')
  @HttpCode(204)
  @Act(
    'ConfirmDates',
    'Confirm the dates of the project, where a shift made its start impossible; contents stay as filed',
  )
  async confirm(@Param('id') id: string, @Body() body: ConfirmDatesBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeApplication(id, { type: 'ConfirmDates', ...body }, by));
  }
}
