"""Returns a list that contains itself."""


def slope(x):
    print("tried")
    endless = [x]
    endless.append(endless)
    return endless
