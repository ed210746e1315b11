"""Uses PyPI's mailpit-api-client as a test suite would, and prints what it got as JSON.

Arguments: the server's URL, and the Message-ID of the mail that is there.
"""

import json
import sys

from mailpit.client.api import API

url, message_id = sys.argv[1:]
api = API(url)

listed = api.get_messages(limit=10)
summary = next(one for one in listed.messages if one.message_id == message_id)
message = api.get_message(summary.id)
attachment = message.attachments[0]
data = api.get_message_attachment(summary.id, attachment.part_id)
headers = api.get_message_headers(summary.id)

api.delete_messages([summary.id])
kept = api.get_messages().total

api.delete_messages([])

print(
    json.dumps(
        {
            "listed": {"total": listed.total, "unread": listed.unread},
            "summary": {"created": summary.created.isoformat(), "attachments": summary.attachments},
            "message": {
                "from": message.from_.address,
                "to": [one.address for one in message.to],
                "subject": message.subject,
                "date": message.date.isoformat(),
                "html": message.html,
            },
            "attachment": {"name": attachment.file_name, "data": data},
            "headers": {"from": headers.from_, "delivered_to": headers.delivered_to, **headers.additional},
            "kept": kept,
            "left": api.get_messages().total,
        }
    )
)
