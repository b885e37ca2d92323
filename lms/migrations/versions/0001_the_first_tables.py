"""the first tables"""

import sqlalchemy as sa
from alembic import op


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('access_code',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('person', sa.Text(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('made_by', sa.Text(), nullable=True),
    sa.Column('made_at', sa.Text(), nullable=False),
    sa.Column('ends_at', sa.Text(), nullable=False),
    sa.Column('used_at', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_code'))
    )
    op.create_index(op.f('ix_access_code_digest'), 'access_code', ['digest'], unique=False)
    op.create_index(op.f('ix_access_code_person'), 'access_code', ['person'], unique=False)
    op.create_table('alias',
    sa.Column('person', sa.Text(), nullable=False),
    sa.Column('canonical', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('person', name=op.f('pk_alias'))
    )
    op.create_index(op.f('ix_alias_canonical'), 'alias', ['canonical'], unique=False)
    op.create_table('assignment',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('learner', sa.Text(), nullable=False),
    sa.Column('office', sa.Text(), nullable=False),
    sa.Column('employment', sa.Text(), nullable=False),
    sa.Column('since', sa.Text(), nullable=False),
    sa.Column('until', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment'))
    )
    op.create_index(op.f('ix_assignment_learner'), 'assignment', ['learner'], unique=False)
    op.create_index(op.f('ix_assignment_office'), 'assignment', ['office'], unique=False)
    op.create_table('assistance',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('learner', sa.Text(), nullable=False),
    sa.Column('helper', sa.Text(), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('at', sa.Text(), nullable=False),
    sa.Column('on', sa.Text(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('operator', sa.Text(), nullable=False),
    sa.Column('office', sa.Text(), nullable=False),
    sa.Column('demo', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assistance'))
    )
    op.create_index(op.f('ix_assistance_helper'), 'assistance', ['helper'], unique=False)
    op.create_index(op.f('ix_assistance_learner'), 'assistance', ['learner'], unique=False)
    op.create_index('ix_assistance_on', 'assistance', ['on'], unique=False)
    op.create_index(op.f('ix_assistance_organisation'), 'assistance', ['organisation'], unique=False)
    op.create_table('attendance',
    sa.Column('workshop', sa.Text(), nullable=False),
    sa.Column('sitting', sa.Text(), nullable=False),
    sa.Column('learner', sa.Text(), nullable=False),
    sa.Column('present', sa.Boolean(), nullable=False),
    sa.Column('on', sa.Text(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('accredited_by', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('country', sa.Text(), nullable=False),
    sa.Column('membership', sa.Text(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('office', sa.Text(), nullable=False),
    sa.Column('area', sa.Text(), nullable=False),
    sa.Column('employment', sa.Text(), nullable=False),
    sa.Column('sex', sa.Text(), nullable=False),
    sa.Column('birth_year', sa.Integer(), nullable=True),
    sa.Column('late_entry', sa.Boolean(), nullable=False),
    sa.Column('demo', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('workshop', 'sitting', 'learner', name=op.f('pk_attendance'))
    )
    op.create_index('ix_attendance_learner', 'attendance', ['learner'], unique=False)
    op.create_index('ix_attendance_on', 'attendance', ['on'], unique=False)
    op.create_index('ix_attendance_path', 'attendance', ['path'], unique=False)
    op.create_table('audio',
    sa.Column('edition', sa.String(length=64), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('place', sa.String(length=170), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('blob', sa.String(length=64), nullable=False),
    sa.Column('path', sa.String(length=255), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('milliseconds', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('starts', sa.Text(), nullable=False),
    sa.Column('by_trainer', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('edition', 'language', 'place', name=op.f('pk_audio'))
    )
    op.create_index(op.f('ix_audio_blob'), 'audio', ['blob'], unique=False)
    op.create_index(op.f('ix_audio_digest'), 'audio', ['digest'], unique=False)
    op.create_table('audit',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('at', sa.Text(), nullable=False),
    sa.Column('actor', sa.Text(), nullable=True),
    sa.Column('action', sa.Text(), nullable=False),
    sa.Column('learner', sa.Text(), nullable=True),
    sa.Column('organisation', sa.Text(), nullable=True),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit'))
    )
    op.create_index('ix_audit_action', 'audit', ['action', 'at'], unique=False)
    op.create_index('ix_audit_actor', 'audit', ['actor', 'at'], unique=False)
    op.create_index('ix_audit_at', 'audit', ['at'], unique=False)
    op.create_index('ix_audit_learner', 'audit', ['learner', 'at'], unique=False)
    op.create_index(op.f('ix_audit_organisation'), 'audit', ['organisation'], unique=False)
    op.create_table('blob',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=True),
    sa.Column('media_type', sa.String(length=40), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_blob'))
    )
    op.create_index('ix_blob_name', 'blob', ['name'], unique=True)
    op.create_table('card',
    sa.Column('learner', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('issued_at', sa.Text(), nullable=False),
    sa.Column('withdrawn_at', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('learner', name=op.f('pk_card'))
    )
    op.create_index(op.f('ix_card_number'), 'card', ['number'], unique=False)
    op.create_table('certificate',
    sa.Column('serial', sa.Text(), nullable=False),
    sa.Column('learner', sa.Text(), nullable=False),
    sa.Column('course', sa.Text(), nullable=False),
    sa.Column('edition', sa.Text(), nullable=False),
    sa.Column('title_fr', sa.Text(), nullable=False),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.Column('completed_on', sa.Text(), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('kind_of', sa.Text(), nullable=False),
    sa.Column('issued_at', sa.Text(), nullable=False),
    sa.Column('valid_until', sa.Text(), nullable=True),
    sa.Column('revoked_at', sa.Text(), nullable=True),
    sa.Column('revoked_reason', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('serial', name=op.f('pk_certificate'))
    )
    op.create_index('ix_certificate_learner', 'certificate', ['learner', 'course'], unique=False)
    op.create_table('completion',
    sa.Column('learner', sa.Text(), nullable=False),
    sa.Column('course', sa.Text(), nullable=False),
    sa.Column('course_id', sa.Text(), nullable=False),
    sa.Column('edition', sa.Text(), nullable=False),
    sa.Column('completed_at', sa.Text(), nullable=False),
    sa.Column('completed_on', sa.Text(), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('track', sa.Text(), nullable=False),
    sa.Column('recognised', sa.Boolean(), nullable=False),
    sa.Column('employment', sa.Text(), nullable=False),
    sa.Column('sex', sa.Text(), nullable=False),
    sa.Column('birth_year', sa.Integer(), nullable=True),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('country', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('operator', sa.Text(), nullable=False),
    sa.Column('office', sa.Text(), nullable=False),
    sa.Column('area', sa.Text(), nullable=False),
    sa.Column('demo', sa.Boolean(), nullable=False),
    sa.Column('mode', sa.Text(), nullable=False),
    sa.Column('help', sa.Text(), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('learner', 'course', name=op.f('pk_completion'))
    )
    op.create_index('ix_completion_on', 'completion', ['completed_on'], unique=False)
    op.create_index('ix_completion_path', 'completion', ['path'], unique=False)
    op.create_table('correction',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('learner', sa.Text(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction'))
    )
    op.create_index(op.f('ix_correction_learner'), 'correction', ['learner'], unique=False)
    op.create_index(op.f('ix_correction_state'), 'correction', ['state'], unique=False)
    op.create_table('correction_text',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('person', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction_text'))
    )
    op.create_index(op.f('ix_correction_text_person'), 'correction_text', ['person'], unique=False)
    op.create_table('credential',
    sa.Column('person', sa.Text(), nullable=False),
    sa.Column('password', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('person', name=op.f('pk_credential'))
    )
    op.create_table('declared_training',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('learner', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('course', sa.Text(), nullable=False),
    sa.Column('completed_at', sa.Text(), nullable=False),
    sa.Column('completed_on', sa.Text(), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('recognised', sa.Boolean(), nullable=False),
    sa.Column('employment', sa.Text(), nullable=False),
    sa.Column('sex', sa.Text(), nullable=False),
    sa.Column('birth_year', sa.Integer(), nullable=True),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('operator', sa.Text(), nullable=False),
    sa.Column('office', sa.Text(), nullable=False),
    sa.Column('area', sa.Text(), nullable=False),
    sa.Column('demo', sa.Boolean(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declared_training'))
    )
    op.create_index('ix_declared_training_learner', 'declared_training', ['learner', 'course'], unique=False)
    op.create_index('ix_declared_training_on', 'declared_training', ['completed_on'], unique=False)
    op.create_table('device',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('label', sa.Text(), nullable=False),
    sa.Column('enrolled_at', sa.Text(), nullable=False),
    sa.Column('withdrawn_at', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_device'))
    )
    op.create_index(op.f('ix_device_organisation'), 'device', ['organisation'], unique=False)
    op.create_table('edition',
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('course_id', sa.String(length=30), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.String(length=30), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_edition'))
    )
    op.create_index(op.f('ix_edition_course_id'), 'edition', ['course_id'], unique=False)
    op.create_index(op.f('ix_edition_slug'), 'edition', ['slug'], unique=False)
    op.create_table('edition_file',
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('path', sa.String(length=255), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('hash', 'path', name=op.f('pk_edition_file'))
    )
    op.create_table('edition_key',
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_edition_key'))
    )
    op.create_table('edition_standing',
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.String(length=36), nullable=False),
    sa.Column('on_offer', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('hash', 'slug', name=op.f('pk_edition_standing'))
    )
    op.create_table('edition_text',
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('hash', 'language', name=op.f('pk_edition_text'))
    )
    op.create_table('enrolment',
    sa.Column('learner', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('course', sa.Text(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('since', sa.Text(), nullable=False),
    sa.Column('due', sa.Text(), nullable=False),
    sa.Column('rule', sa.Text(), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('office', sa.Text(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('open', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('learner', 'subject', 'course', name=op.f('pk_enrolment'))
    )
    op.create_index('ix_enrolment_due', 'enrolment', ['due'], unique=False)
    op.create_index('ix_enrolment_path', 'enrolment', ['path'], unique=False)
    op.create_index('ix_enrolment_rule', 'enrolment', ['rule'], unique=False)
    op.create_index('ix_enrolment_subject', 'enrolment', ['subject', 'office'], unique=False)
    op.create_table('enrolment_rule',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('who', sa.Text(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('since', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment_rule'))
    )
    op.create_index(op.f('ix_enrolment_rule_path'), 'enrolment_rule', ['path'], unique=False)
    op.create_table('event',
    sa.Column('local_no', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('stream', sa.Text(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('hash', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('learner', sa.Text(), nullable=True),
    sa.Column('subject', sa.Text(), nullable=True),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('received_at', sa.Text(), nullable=False),
    sa.Column('received_from', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('local_no', name=op.f('pk_event')),
    sa.UniqueConstraint('id', name=op.f('uq_event_id'))
    )
    op.create_index('ix_event_kind', 'event', ['kind'], unique=False)
    op.create_index('ix_event_learner', 'event', ['learner', 'subject'], unique=False)
    op.create_index('ix_event_stream', 'event', ['stream', 'seq'], unique=False)
    op.create_index('ix_event_subject', 'event', ['subject', 'kind'], unique=False)
    op.create_table('functioning',
    sa.Column('person', sa.Text(), nullable=False),
    sa.Column('answers', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('consent', sa.Integer(), nullable=False),
    sa.Column('at', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('person', name=op.f('pk_functioning'))
    )
    op.create_table('guest_visit',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('device', sa.Text(), nullable=False),
    sa.Column('at', sa.Text(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guest_visit'))
    )
    op.create_index('ix_guest_visit_place', 'guest_visit', ['organisation', 'at'], unique=False)
    op.create_table('headcount',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('operator', sa.Text(), nullable=False),
    sa.Column('on_day', sa.Text(), nullable=False),
    sa.Column('employees', sa.Integer(), nullable=False),
    sa.Column('women', sa.Integer(), nullable=True),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('actor', sa.Text(), nullable=True),
    sa.Column('at', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_headcount'))
    )
    op.create_index(op.f('ix_headcount_operator'), 'headcount', ['operator'], unique=False)
    op.create_table('import',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('actor', sa.Text(), nullable=False),
    sa.Column('at', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('counts', sa.Text(), nullable=False),
    sa.Column('undone_at', sa.Text(), nullable=False),
    sa.Column('undone', sa.Integer(), nullable=False),
    sa.Column('kept', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import'))
    )
    op.create_index(op.f('ix_import_at'), 'import', ['at'], unique=False)
    op.create_index(op.f('ix_import_organisation'), 'import', ['organisation'], unique=False)
    op.create_table('learner',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('office', sa.Text(), nullable=False),
    sa.Column('employment', sa.Text(), nullable=False),
    sa.Column('sex', sa.Text(), nullable=False),
    sa.Column('birth_year', sa.Integer(), nullable=True),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('demo', sa.Boolean(), nullable=False),
    sa.Column('registered_at', sa.Text(), nullable=False),
    sa.Column('closed', sa.Boolean(), nullable=False),
    sa.Column('erased', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_learner'))
    )
    op.create_index('ix_learner_at', 'learner', ['office', 'closed', 'erased'], unique=False)
    op.create_index(op.f('ix_learner_number'), 'learner', ['number'], unique=False)
    op.create_table('learning_path',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('title_fr', sa.Text(), nullable=False),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.Column('courses', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_learning_path'))
    )
    op.create_table('mail',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('person', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('made_at', sa.Text(), nullable=False),
    sa.Column('due_at', sa.Text(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('problem', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail'))
    )
    op.create_index(op.f('ix_mail_due_at'), 'mail', ['due_at'], unique=False)
    op.create_index(op.f('ix_mail_person'), 'mail', ['person'], unique=False)
    op.create_table('merge_proposal',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('learner', sa.Text(), nullable=False),
    sa.Column('other', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('proposed_by', sa.Text(), nullable=False),
    sa.Column('at', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_merge_proposal'))
    )
    op.create_index(op.f('ix_merge_proposal_learner'), 'merge_proposal', ['learner'], unique=False)
    op.create_index(op.f('ix_merge_proposal_other'), 'merge_proposal', ['other'], unique=False)
    op.create_table('organisation',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('level', sa.Text(), nullable=False),
    sa.Column('parent', sa.Text(), nullable=True),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('moves', sa.Text(), nullable=False),
    sa.Column('name_fr', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('country', sa.Text(), nullable=False),
    sa.Column('subregion', sa.Text(), nullable=False),
    sa.Column('confidence', sa.Text(), nullable=False),
    sa.Column('area', sa.Text(), nullable=False),
    sa.Column('membership', sa.Text(), nullable=False),
    sa.Column('demo', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation'))
    )
    op.create_index(op.f('ix_organisation_code'), 'organisation', ['code'], unique=False)
    op.create_index(op.f('ix_organisation_parent'), 'organisation', ['parent'], unique=False)
    op.create_index(op.f('ix_organisation_path'), 'organisation', ['path'], unique=False)
    op.create_table('person',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('given_name', sa.Text(), nullable=False),
    sa.Column('family_name', sa.Text(), nullable=False),
    sa.Column('staff_number', sa.Text(), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('phone', sa.Text(), nullable=False),
    sa.Column('sound', sa.Text(), nullable=False),
    sa.Column('search', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person'))
    )
    op.create_index(op.f('ix_person_email'), 'person', ['email'], unique=False)
    op.create_index('ix_person_name', 'person', ['family_name', 'given_name', 'id'], unique=False)
    op.create_index(op.f('ix_person_phone'), 'person', ['phone'], unique=False)
    op.create_index(op.f('ix_person_sound'), 'person', ['sound'], unique=False)
    op.create_index(op.f('ix_person_staff_number'), 'person', ['staff_number'], unique=False)
    op.create_table('person_key',
    sa.Column('no', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('person', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('no', name=op.f('pk_person_key')),
    sa.UniqueConstraint('person', name=op.f('uq_person_key_person'))
    )
    op.create_table('person_number',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('person', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('number', 'person', name=op.f('pk_person_number'))
    )
    op.create_index(op.f('ix_person_number_person'), 'person_number', ['person'], unique=False)
    op.create_table('pin',
    sa.Column('person', sa.Text(), nullable=False),
    sa.Column('verifier', sa.Text(), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('person', name=op.f('pk_pin'))
    )
    op.create_table('position',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('learner', sa.Text(), nullable=False),
    sa.Column('position', sa.Text(), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('since', sa.Text(), nullable=False),
    sa.Column('until', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_position'))
    )
    op.create_index('ix_position_learner', 'position', ['learner'], unique=False)
    op.create_table('progress',
    sa.Column('learner', sa.Text(), nullable=False),
    sa.Column('course', sa.Text(), nullable=False),
    sa.Column('edition', sa.Text(), nullable=False),
    sa.Column('started_at', sa.Text(), nullable=False),
    sa.Column('last_at', sa.Text(), nullable=False),
    sa.Column('lessons_done', sa.Integer(), nullable=False),
    sa.Column('lessons_required', sa.Integer(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('best_percent', sa.Integer(), nullable=True),
    sa.Column('passed', sa.Boolean(), nullable=False),
    sa.Column('completed', sa.Boolean(), nullable=False),
    sa.Column('help', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('learner', 'course', name=op.f('pk_progress'))
    )
    op.create_index('ix_progress_course', 'progress', ['course'], unique=False)
    op.create_table('quarantine',
    sa.Column('no', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('event_id', sa.Text(), nullable=True),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.Column('raw', sa.LargeBinary(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('received_at', sa.Text(), nullable=False),
    sa.Column('settled_by', sa.Text(), nullable=True),
    sa.Column('settled_at', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('no', name=op.f('pk_quarantine'))
    )
    op.create_table('recovery_code',
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('person', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_recovery_code'))
    )
    op.create_index(op.f('ix_recovery_code_person'), 'recovery_code', ['person'], unique=False)
    op.create_table('reminder',
    sa.Column('learner', sa.Text(), nullable=False),
    sa.Column('on', sa.Text(), nullable=False),
    sa.Column('how', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('learner', name=op.f('pk_reminder'))
    )
    op.create_table('roster_change',
    sa.Column('imported', sa.Text(), nullable=False),
    sa.Column('person', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('events', sa.Text(), nullable=False),
    sa.Column('names', sa.Text(), nullable=False),
    sa.Column('at', sa.Text(), nullable=False),
    sa.Column('kept_because', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('imported', 'person', name=op.f('pk_roster_change'))
    )
    op.create_index(op.f('ix_roster_change_at'), 'roster_change', ['at'], unique=False)
    op.create_index('ix_roster_change_person', 'roster_change', ['person'], unique=False)
    op.create_table('roster_person',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('person', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_roster_person'))
    )
    op.create_table('second_step',
    sa.Column('person', sa.Text(), nullable=False),
    sa.Column('secret', sa.Text(), nullable=False),
    sa.Column('set_at', sa.Text(), nullable=False),
    sa.Column('last_step', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('person', name=op.f('pk_second_step'))
    )
    op.create_table('stream_head',
    sa.Column('stream', sa.Text(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('hash', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('stream', name=op.f('pk_stream_head'))
    )
    op.create_table('workshop',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('theme', sa.Text(), nullable=False),
    sa.Column('organiser', sa.Text(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('mode', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('facilitators', sa.Text(), nullable=False),
    sa.Column('sittings', sa.Text(), nullable=False),
    sa.Column('invited', sa.Text(), nullable=False),
    sa.Column('invited_states', sa.Text(), nullable=False),
    sa.Column('first_on', sa.Text(), nullable=False),
    sa.Column('last_on', sa.Text(), nullable=False),
    sa.Column('planned_minutes', sa.Integer(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('held_on', sa.Text(), nullable=False),
    sa.Column('cancelled_because', sa.Text(), nullable=False),
    sa.Column('expected', sa.Integer(), nullable=False),
    sa.Column('came', sa.Integer(), nullable=False),
    sa.Column('counts', sa.Boolean(), nullable=False),
    sa.Column('demo', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop'))
    )
    op.create_index('ix_workshop_held_on', 'workshop', ['held_on'], unique=False)
    op.create_index('ix_workshop_path', 'workshop', ['path'], unique=False)
    op.create_table('workshop_participant',
    sa.Column('workshop', sa.Text(), nullable=False),
    sa.Column('learner', sa.Text(), nullable=False),
    sa.Column('accredited_by', sa.Text(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('country', sa.Text(), nullable=False),
    sa.Column('membership', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('expected', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('workshop', 'learner', name=op.f('pk_workshop_participant'))
    )
    op.create_index('ix_workshop_participant_learner', 'workshop_participant', ['learner'], unique=False)
    keep_events()
    find_people()


def find_people() -> None:
    """The index of words that finds people by name, number, address or sound: full text search of
    each database, kept by the database itself in the transaction that writes the name."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE person_search USING fts5("
            "words, sounds, detail=column, tokenize='unicode61 remove_diacritics 2')"
        )
        op.execute(
            "CREATE TRIGGER person_search_added AFTER INSERT ON person BEGIN "
            "INSERT INTO person_key (person) VALUES (new.id); "
            "INSERT INTO person_search (rowid, words, sounds) "
            "SELECT no, new.search, new.sound FROM person_key WHERE person = new.id; END"
        )
        op.execute(
            "CREATE TRIGGER person_search_changed AFTER UPDATE OF search, sound ON person BEGIN "
            "UPDATE person_search SET words = new.search, sounds = new.sound "
            "WHERE rowid = (SELECT no FROM person_key WHERE person = new.id); END"
        )
        op.execute(
            "CREATE TRIGGER person_search_removed AFTER DELETE ON person BEGIN "
            "DELETE FROM person_search "
            "WHERE rowid = (SELECT no FROM person_key WHERE person = old.id); "
            "DELETE FROM person_key WHERE person = old.id; END"
        )
    else:
        op.execute(
            "CREATE INDEX person_search_words ON person USING gin (to_tsvector('simple', "
            "translate(search, '.,:;@_/()+''-', '            ')))"
        )
        op.execute(
            "CREATE INDEX person_search_sounds ON person USING gin (to_tsvector('simple', sound))"
        )


def keep_events() -> None:
    """Events can only be added, on either database."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER event_keep_{verb.lower()} BEFORE {verb} ON event "
                "BEGIN SELECT RAISE(ABORT, 'append only'); END"
            )
    else:
        op.execute(
            "CREATE OR REPLACE FUNCTION event_keep() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'append only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER event_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON event "
            "FOR EACH STATEMENT EXECUTE FUNCTION event_keep()"
        )
