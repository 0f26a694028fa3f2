// Signs webhooks as Stripe does, by its own library: one JSON object a line in, one signature a line out.
import readline from "node:readline";
import Stripe from "stripe";

const stripe = new Stripe("sk_test_none");
for await (const line of readline.createInterface({ input: process.stdin })) {
    const { payload, secret, timestamp } = JSON.parse(line);
    const header = stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
    if (!timestamp) {
        stripe.webhooks.constructEvent(payload, header, secret); // what it signs it takes
    }
    process.stdout.write(header + "\n");
}
