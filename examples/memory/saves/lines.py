"""A list of numbers is made to be added up."""


def main():
    total = sum([number * 2 for number in range(3_000_000)])
    print(total)


main()
