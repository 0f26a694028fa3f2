import QtQuick
import Marea
import Marea.App

// Which of the libraries that a page is of did not answer, or why what is shown is that of before: words for the bar over
// the page's foot. While the one in use is away, the bar tells of that one itself.
QtObject {
    id: page
    required property AppContext app
    property var list: null
    property var missing: list?.missing ?? []   // their addresses; "": the one in use
    property bool alsoHere: false               // the one in use, too
    readonly property bool toldAnyway: app.offline.away
    readonly property string names: app.elsewhere.namesOf((alsoHere && !toldAnyway ? [""] : []).concat(missing.filter(one => one !== "" || !toldAnyway)))
    readonly property string problem: list && list.failed && list.count > 0 && !toldAnyway ? list.errorText : ""
    readonly property string text: problem !== "" || names === "" ? problem : qsTr("Couldn't reach %1. What the others have is shown.").arg(names)
    signal again()
}
