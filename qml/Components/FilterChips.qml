import QtQuick
import Marea
import Marea.App

// What of a list is shown, as chips: by genre, decade, one's own rating, and what one made of it.
Flow {
    id: chips
    required property AppContext app
    required property MediaModel model
    property var states: ["in_progress", "favourite", "watched"]
    property bool withYears: true
    readonly property FacetsViewModel facets: app.facets()
    Component.onCompleted: facets.model = Qt.binding(() => chips.model)
    spacing: 8
    readonly property real wanted: {   // in one row
        let sum = 0
        for (let i = 0; i < children.length; ++i) if (children[i].visible && children[i].width > 0) sum += children[i].width + spacing
        return sum
    }

    readonly property var names: ({in_progress: qsTr("In progress"), favourite: qsTr("Favourites"), watched: qsTr("Watched")})
    readonly property var decade: facets.decades.find(d => d.checked && d.value > 0)
    readonly property var stars: facets.ratings.find(r => r.checked && r.value > 0)

    component Menu: Chip {
        id: chip
        property string says: ""
        property var choices: []
        signal picked(var value)
        chevron: true
        checkable: false
        Accessible.name: says + ": " + text
        onClicked: { chips.facets.load(); menu.openAt(chip, false) }
        ChoiceMenu { id: menu; title: chip.says; implicitWidth: 240; choices: chip.choices; onChosen: (value) => chip.picked(value) }
    }
    Menu {
        says: qsTr("Genre")
        checked: chips.model.genres.length > 0
        text: chips.model.genres.length === 0 ? says : chips.model.genres.length === 1 ? chips.model.genres[0] : qsTr("%n genre(s)", "", chips.model.genres.length)
        choices: chips.facets.genres.length > 0 ? chips.facets.genres
               : [{heading: chips.facets.errorText !== "" ? chips.facets.errorText : chips.facets.loaded ? qsTr("No genres are known here.") : qsTr("Looking…")}]
        onPicked: (value) => chips.facets.toggleGenre(value)
    }
    Menu {
        visible: chips.withYears
        says: qsTr("Year")
        checked: chips.model.yearFrom > 0
        text: chips.decade ? chips.decade.text : says
        choices: chips.facets.decades
        onPicked: (value) => chips.facets.setDecade(value)
    }
    Menu {
        says: qsTr("Rating")
        checked: chips.model.ratingFrom > 0
        text: chips.stars ? chips.stars.text : says
        choices: chips.facets.ratings
        onPicked: (value) => chips.model.setRatingFrom(value)
    }
    Repeater {
        model: chips.states
        Chip {
            required property string modelData
            text: chips.names[modelData]
            checkable: true
            checked: chips.model.filter === modelData
            onClicked: { chips.model.setFilter(checked ? modelData : ""); checked = Qt.binding(() => chips.model.filter === modelData) }
        }
    }
    IconButton { visible: chips.model.filtered; iconName: "x"; iconSize: 16; color: Theme.secondary; text: qsTr("Clear filters"); onClicked: chips.model.clearFilters() }
}
