/*
 * Invented people for the demo: everyday names put together at random, and rare
 * ones that try a screen: marks, apostrophes, hyphens, one letter, very long,
 * other scripts, right to left. Places and postcode areas do not exist.
 */
#include "core/demo_private.h"

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *const female[] = { "Abigail", "Agnieszka", "Aisha", "Amelia", "Anjali",
	"Beatrix", "Bronwen", "Catherine", "Chiamaka", "Chloë", "Dorothy", "Eilidh", "Eleri",
	"Farzana", "Fiona", "Gráinne", "Gwenllian", "Hannah", "Harriet", "Imogen", "Ioana",
	"Jacqueline", "Katarzyna", "Kezia", "Laila", "Leah", "Magdalena", "Maryam", "Mireille",
	"Nia", "Nkechi", "Noor", "Olwen", "Patience", "Philippa", "Priya", "Renée", "Rosalind",
	"Ruth", "Saoirse", "Shanice", "Siân", "Sunita", "Tamsin", "Thandiwe", "Valentina", "Wendy",
	"Zoë" };
static const char *const male[] = { "Adebayo", "Alasdair", "Amir", "Arjun", "Barnaby", "Bogdan",
	"Callum", "Cledwyn", "Daniel", "Darnell", "Davinder", "Edmund", "Emeka", "Ethan", "Fergus",
	"Gareth", "Gethin", "Graham", "Hamza", "Howard", "Idris", "Imran", "Jermaine", "Joaquín",
	"Kacper", "Keith", "Kwame", "Leighton", "Lloyd", "Malachy", "Marek", "Mohammed",
	"Nathaniel", "Noah", "Oisín", "Oliver", "Olumide", "Piotr", "Quentin", "Rajesh", "Reuben",
	"Rhodri", "Samuel", "Seán", "Stelian", "Tariq", "Tobias", "Vikram", "Wayne", "Yusuf" };
static const char *const surnames[] = { "Abernethy", "Achterberg", "Adeyemi-Cole", "Ashdown-Pike",
	"Bagshaw", "Begum", "Blackwood-Hale", "Boateng", "Bracegirdle", "Brannigan", "Chaudhry",
	"Coggeshall", "Croft", "D'Almeida", "Dabrowska", "De la Haye", "Doyle", "Dunwoody",
	"Ellerby", "Entwhistle", "Eze", "Fairweather", "Ferreira", "Fitzroy-Lamb", "Gaskarth",
	"Gilchrist", "Gogoi", "Goldthorpe", "Gunn", "Hallewell", "Haworth", "Heslop", "Hussain",
	"Ibrahim", "Ives", "Jankowski", "Jessop", "Kaczmarek", "Kaur", "Kilbride", "Lanyon", "Lowe",
	"MacAskill", "Mahmood", "Marchbanks", "McGillicuddy", "Mensah", "Mistry", "Nankivell",
	"Nuttall", "Nwosu", "O'Brádaigh", "O'Testa", "Oduya", "Okonjo", "Olszewski", "Pargeter",
	"Pashley", "Patel", "Penhaligon-Rees", "Popescu", "Postlethwaite", "Pritchard", "Quayle",
	"Rahman", "Ravenscroft", "Rowbottom", "Sandhu", "Scattergood", "Sidhu", "Silva", "Skelton",
	"St John-Mildmay", "Szymańska", "Thistlewood", "Threlkeld", "Trevanion", "Tudball", "Uddin",
	"Venkataraman", "Wadsworth", "Whitlock", "Wojciechowski", "Yardley", "Youngson-Béla" };

/* Every one of these is used once, in this order. */
static const struct demo_name rare_names[] = {
	{ "Müller-Lüdenscheidt", "Jörg", "", "male" },
	{ "O", "E", "", "female" },
	{ "Ó Súilleabháin", "Tadhg", "Timothy O'Sullivan", "male" },
	{ "D'Urberville-Smythe", "Céleste Anaïs", "", "female" },
	{ "Ng", "Li", "", "female" },
	{ "Коваль", "Оксана Іванівна", "Oksana Koval", "female" },
	{ "Þorgeirsdóttir", "Sæunn", "", "female" },
	{ "田中", "さくら", "Tanaka Sakura", "female" },
	{ "Dvořáková", "Žofie", "", "female" },
	{ "김", "서준", "Kim Seo-jun", "male" },
	{ "van 't Hoff-ten Brink", "Sjoerd", "", "male" },
	{ "Παπαδάκη", "Ελένη", "Eleni Papadaki", "female" },
	{ "Nguyễn", "Thị Hồng Nhung", "", "female" },
	{ "देशपांडे", "मीरा", "Meera Deshpande", "female" },
	{ "Llewelyn-ap-Gruffudd", "Myfanwy", "", "female" },
	{ "Iñárritu Ñíguez", "Begoña", "", "female" },
	{ "Şahinoğlu", "İbrahim", "Ibrahim Sahin", "male" },
	{ "-", "Suprapto", "", "male" },
	{ "แสงทอง", "มาลี", "Malee Saengthong", "female" },
	{ "Zoe\xcc\x88-Rene\xcc\x81", "Ame\xcc\x81lie", "",
		"female" }, /* marks as own characters */
	{ "Hānai", "Keʻala", "", "female" },
	{ "Jones", "Jones", "Jones the Post", "male" },
	{ "Łęcka-Żółć", "Świętosława", "", "female" },
	{ "בן־דוד", "נועה", "Noa Ben-David", "female" },
	{ "M'Baye", "N'Golo", "", "male" },
	{ "王", "小梅", "Wang Xiaomei", "female" },
	{ "Featherstonehaugh-Cholmondeley-Wriothesley-Marjoribanks",
		"Persephone Clementina Wilhelmina Anastasia Evangeline", "Percy; Mrs Fanshaw",
		"female" },
	{ "الحدّاد", "ليلى", "Layla al-Haddad", "female" },
};

static const char *const streets[] = { "Larkspur Road", "Old Toll Lane", "Cooper's Yard",
	"St Swithun's Terrace", "Heol y Bont", "Kiln Bank", "Magpie Close", "Tŷ Gwyn Avenue",
	"Rope Walk", "Upper Sheepfold", "Half Moon Street", "Brewhouse Hill", "The Shambles",
	"Ravelin Court", "Nether Edge Grove", "Mill-on-the-Floss Way" };
static const char *const places[] = { "Netherby", "Casterbridge", "Melchester", "Barchester",
	"Christminster", "Budmouth", "Sandbourne", "Wellbridge", "Llan-y-Fro", "Cranford",
	"Milton-Northern", "Kirkbeck" };
/* No postcode area has these letters. */
static const char *const areas[] = { "YB", "JU", "ZA", "UD", "EY", "RB" };

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t dice_next(struct demo_dice *dice)
{
	uint64_t mixed = dice->state += UINT64_C(0x9e3779b97f4a7c15);

	mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
	return mixed ^ (mixed >> 31);
}

/* The first number is the real start: neighbours would else give the same sequence, one apart. */
void demo_dice_init(struct demo_dice *dice, enum demo_stream stream, size_t index)
{
	dice->state = ((uint64_t)stream << 32) + index;
	dice->state = dice_next(dice);
}

size_t demo_roll(struct demo_dice *dice, size_t sides)
{
	return (size_t)(dice_next(dice) % sides);
}

int demo_between(struct demo_dice *dice, int least, int most)
{
	return least + (int)demo_roll(dice, (size_t)(most - least + 1));
}

bool demo_chance(struct demo_dice *dice, int percent)
{
	return demo_roll(dice, 100) < (size_t)percent;
}

const char *demo_forename(struct demo_dice *dice, const char *sex)
{
	if (strcmp(sex, "female") == 0)
		return female[demo_roll(dice, COUNT(female))];
	return male[demo_roll(dice, COUNT(male))];
}

void demo_plain_name(struct demo_dice *dice, struct demo_name *out_name)
{
	out_name->sex = demo_chance(dice, 45) ? "female" : "male";
	out_name->forenames = demo_forename(dice, out_name->sex);
	out_name->surname = surnames[demo_roll(dice, COUNT(surnames))];
	out_name->aliases = "";
}

/* One request in eight, so that the rare ones are spread over the whole history. */
void demo_subject_name(struct demo_dice *dice, struct demo_used *used, struct demo_name *out_name)
{
	demo_plain_name(dice, out_name);
	if (used->request++ % 8 == 3 && used->rare_name < COUNT(rare_names))
		*out_name = rare_names[used->rare_name++];
}

void demo_nhs_number(struct demo_used *used, char out_number[NHS_NUMBER_SIZE])
{
	do {
		used->nhs_number += 37;
		(void)snprintf(out_number, NHS_NUMBER_SIZE, "999%07u", used->nhs_number % 10000000);
	} while (nhs_number_judge(out_number) != NHS_NUMBER_TEST);
}

void demo_address(struct demo_dice *dice, char **out_address, char **out_postcode)
{
	static const char inward[] = "ABDEFGHJLNPQRSTUWXYZ";
	const char *street = streets[demo_roll(dice, COUNT(streets))];
	const char *place = places[demo_roll(dice, COUNT(places))];
	const char *area = areas[demo_roll(dice, COUNT(areas))];
	int house = demo_between(dice, 1, 140), flat = demo_between(dice, 1, 12);
	int district = demo_between(dice, 1, 19), sector = demo_between(dice, 1, 9);
	char first = inward[demo_roll(dice, COUNT(inward) - 1)];
	char second = inward[demo_roll(dice, COUNT(inward) - 1)];
	char text[200];

	if (demo_chance(dice, 25))
		(void)snprintf(
			text, sizeof(text), "Flat %d, %d %s, %s", flat, house, street, place);
	else
		(void)snprintf(text, sizeof(text), "%d %s, %s", house, street, place);
	record_set(out_address, text);
	(void)snprintf(text, sizeof(text), "%s%d %d%c%c", area, district, sector, first, second);
	record_set(out_postcode, text);
}
