import QtQuick
import Marea
import Marea.App

// What one can do with the title under the pointer or the focus.
ChoiceMenu {
    id: menu
    required property TitleActions actions
    title: actions.title
    choices: actions.choices
    implicitWidth: 280
    banner: actions.rateable ? stars : null
    onChosen: (value) => actions.choose(value)
    Component {
        id: stars
        StarRating { rating: menu.actions.rating; onRated: (value) => menu.actions.rate(value) }
    }
}
