"""Nordwind Solar of Hamburg: roofs, batteries and charging points for businesses, sold in euros."""

from decimal import Decimal

from crm_project.demo import people
from crm_project.demo.script import Foreign, Product, Script, Words

COMMENTS = {
    "qualification": [
        "Met {first} at the trade fair. They want to cut the electricity bill before next winter.",
        "{first} called back. Decision maker is on board, budget is not fixed yet.",
        "Referred by an existing customer. {first} sounded well informed and in a hurry.",
        "Got the bills of the last twelve months. Consumption is higher than we guessed.",
        "Left a voicemail for {first}, will try again tomorrow morning.",
        "Site visit done. Access is easy, the meter cabinet has to be replaced.",
        "{first} is comparing three providers. Our advantage: own crew, no subcontractors.",
        "They asked about subsidies. Sent the leaflet, {first} will check with the tax adviser.",
        "Good first call. {company} rents the building, so the landlord has to agree.",
        "{first} wants numbers before talking to the board. Rough estimate sent.",
        "Building is from the seventies, we need the structural report first.",
        "Works council asked for a short presentation. {first} is setting a date.",
    ],
    "proposal": [
        "Quotation is out. {first} promised feedback by the end of next week.",
        "Went through the quotation line by line. {first} likes the monitoring, finds the mounting too dear.",
        "They want a second variant without the battery. I'll send it on Monday.",
        "Yield calculation updated with the shading of the chimney: minus four percent.",
        "{first} forwarded our offer to the bank. Leasing is an option.",
        "Competitor is about six percent cheaper, but with a delivery time of five months.",
        "Purchasing confirmed the prices until the end of the month. I told {first}.",
        "{first} asked for two references nearby. Sent three.",
        "Grid operator confirmed the connection, so nothing stands in the way technically.",
        "{first} is on holiday for two weeks, colleague has no say in it. Wait.",
        "Quotation corrected: scaffolding was missing on the north side.",
        "Presented to the management of {company}. Good questions, nobody against it.",
    ],
    "negotiation": [
        "{first} asks for three percent off if they pay within ten days.",
        "Payment in three parts agreed: 30 / 50 / 20.",
        "Their lawyer wants the warranty clause changed. Ours says it's fine.",
        "Verbal yes from {first}. Contract goes out today.",
        "Installation slot reserved with the crew, calendar week to be confirmed.",
        "Final round with {first} and the managing director on Thursday.",
        "They would sign today if we include the first year of maintenance. I'd do it.",
        "Contract is with their board. Next meeting is in ten days.",
        "Discount approved, revised offer sent to {first}.",
        "{first} wants to start before the holidays. Tight, but possible.",
    ],
}
TASKS = {
    "qualification": [
        "Call {first} about the site visit",
        "Send the brochure to {first}",
        "Ask {first} for last year's electricity bills",
        "Check the grid connection with the utility",
        "Book a site visit at {company}",
        "Find out who decides at {company}",
    ],
    "proposal": [
        "Prepare the quotation for {company}",
        "Walk {first} through the quotation",
        "Confirm prices with purchasing",
        "Send the yield calculation to {first}",
        "Clarify the subsidy application",
        "Send references to {first}",
    ],
    "negotiation": [
        "Follow up on the quotation with {first}",
        "Agree the payment schedule with {first}",
        "Send the contract to {company} for signature",
        "Check the installation slot with the crew",
        "Clarify the warranty terms with legal",
    ],
    "closed": [
        "Hand {company} over to the installation team",
        "Ask {first} for a reference",
        "Send the welcome letter to {company}",
    ],
}
WORDS = Words(
    comments=COMMENTS,
    tasks=TASKS,
    asked=[
        "Any news here? I'd like to have it in this month's forecast.",
        "Do you need help with {first}? I know the managing director of {company}.",
        "Nice margin. What is holding it up?",
        "Is the date still realistic?",
    ],
    answered=[
        "Spoke with {first} just now: they are still interested, the answer comes next week.",
        "Yes please, a short call from you would help.",
        "Waiting for the structural report. I chase it every Monday.",
        "{first} confirmed the date this morning.",
    ],
    won=[
        "Signed! {first} sent the contract by mail an hour ago.",
        "Order confirmed. First payment is due in ten days.",
        "They chose us because of the crew and the references. Thanks, everybody.",
        "{first} signed on site. Handover meeting is planned.",
        "Done. It took patience and a lot of coffee.",
    ],
    lost=[
        "Called {first} to ask why. Friendly talk, we may try again next year.",
        "Pity, I liked them. Perhaps we were simply too late.",
        "{first} apologized and asked to stay in touch.",
        "Noted for a follow-up in six months.",
    ],
    lost_reasons=[
        "A competitor was cheaper",
        "The budget was postponed to next year",
        "The structural report was negative",
        "The landlord did not agree",
        "No answer after the third follow-up",
        "Went with the local electrician",
        "Delivery time too long",
        "The subsidy was refused",
    ],
)
NORDWIND = Script(
    name="Nordwind Solar",
    slug="nordwind",
    base_currency="EUR",
    time_zone="Europe/Berlin",
    people=people.NORDWIND,
    products=[
        Product("Solar roof for {}", 24_000, 140_000),
        Product("Battery storage for {}", 12_000, 60_000),
        Product("Charging points for {}", 8_000, 45_000),
        Product("Solar carport for {}", 30_000, 160_000),
        Product("Heat pump for {}", 22_000, 90_000),
        Product("Maintenance contract: {}", 1_200, 9_000),
        Product("Energy audit for {}", 900, 6_000),
        Product("Facade modules for {}", 18_000, 75_000),
        Product("Inverter replacement: {}", 4_000, 18_000),
        Product("Roof extension, second phase: {}", 9_000, 48_000),
    ],
    foreign={
        "CHF": Foreign(Decimal("1.06"), {365: "1.0412", 180: "1.0548", 30: "1.0631"}),
        "GBP": Foreign(Decimal("1.16")),  # nobody noted a rate: the reports say so
    },
    words=WORDS,
    open_deals=(28, 22, 18),
    lost_deals=(17, 16, 11),
    won_deals=28,
)
