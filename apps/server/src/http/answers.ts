import { ApiProperty } from '@nestjs/swagger';

/** Something was made; its address is in `Location` where it has one. */
export class Made {
  @ApiProperty({ description: 'The id of what was made' }) id!: string;
}
